// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import generate

@Suite("Files that are made from others")
struct GeneratedFilesTests {
  @Test("Each is up to date")
  func upToDate() throws {
    for (path, text) in try GeneratedFiles.contents() {
      let contents = FileManager.default.contents(atPath: ProjectFiles.file(path).string)
      #expect(contents == Data(text.utf8), "\(path): run make generate")
    }
  }
}
