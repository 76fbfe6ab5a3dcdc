// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// A file with screens in it, each between two lines that name it: `screen NAME` and `end of screen`, in
/// comments.
struct Document {
  private let file: FilePath
  private var lines: [String]

  /// Reads the file.
  init(_ file: FilePath) throws {
    self.file = file
    lines = try String(contentsOfFile: file.string, encoding: .utf8)
      .components(separatedBy: "\n")
  }

  /// Puts `text` in the place of the screen called `name`.
  mutating func replace(_ name: String, with text: String) throws {
    guard let start = lines.firstIndex(where: { $0.hasSuffix(" screen \(name)\(ending)") }),
      let end = lines[start...].firstIndex(where: { $0.hasSuffix(" end of screen\(ending)") })
    else { throw HarnessError("\(file) has no place for the screen \(name)") }
    lines.replaceSubrange((start + 1)..<end, with: isManual ? manual(text) : markdown(text))
  }

  /// Writes the file.
  func write() throws {
    try lines.joined(separator: "\n").write(
      toFile: file.string, atomically: true, encoding: .utf8)
  }

  private var isManual: Bool { file.extension != "md" }
  private var ending: String { isManual ? "" : " -->" }

  private func markdown(_ text: String) -> [String] {
    ["```"] + text.components(separatedBy: "\n") + ["```"]
  }

  private func manual(_ text: String) -> [String] {
    let lines = text.components(separatedBy: "\n").map { line in
      let line = line.replacing("\\", with: "\\e")
      return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
    return [".Bd -literal"] + lines + [".Ed"]
  }
}
