// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

extension TestData {
  /// Returns the path of the folder or file `name`.
  static func path(_ name: String) -> String {
    Bundle.module.bundleURL.appending(path: "Data/\(name)").path
  }

  /// The bytes of a file; empty, with an issue recorded, when it cannot be read.
  static func bytes(_ name: String) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path(name)) else {
      Issue.record("Data/\(name) cannot be read")
      return []
    }
    return [UInt8](data)
  }
}
