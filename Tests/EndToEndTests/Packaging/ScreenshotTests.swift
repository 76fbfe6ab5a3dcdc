// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("The screens of README and manuals")
struct ScreenshotTests {
  static let places: [(file: String, scene: String)] = [
    ("README.md", "status"), ("docs/how-to/audit.md", "audit"), ("man/smcontrol-shell.7", "shell"),
  ]

  @Test("Each stands between its marks, as taken from a run", arguments: places)
  func screen(file: String, scene: String) throws {
    let text = try String(contentsOfFile: ProjectFiles.file(file).string, encoding: .utf8)
    let start = try #require(text.firstRange(of: " screen \(scene)"))
    let rest = text[start.upperBound...]
    let end = try #require(rest.firstRange(of: " end of screen"))
    let screen = rest[..<end.lowerBound]
    #expect(screen.split(separator: "\n").count > 10)
    // What a run shows, and hand would hardly write: the directory of that run.
    #expect(screen.contains("/tmp/smc."))
    let isManual = !file.hasSuffix(".md")
    #expect(screen.contains(isManual ? ".Bd -literal" : "```"))
    #expect(!isManual || screen.utf8.allSatisfy { $0 < 0x80 })
  }
}
