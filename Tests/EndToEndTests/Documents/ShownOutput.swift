// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The comparison of output with what a document shows.
enum ShownOutput {
  /// Returns whether `output` is what `lines` show, in which a line `...` stands for any lines. Numbers,
  /// blanks and the names of the machine and its users differ from run to run.
  static func matches(_ lines: [String], _ output: String) -> Bool {
    var actual = output.components(separatedBy: "\n")
    if actual.last == "" { actual.removeLast() }
    return matches(lines.map(plain)[...], actual.map(plain)[...])
  }

  private static func matches(_ shown: ArraySlice<String>, _ actual: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return actual.isEmpty }
    if first == "..." {
      return actual.indices.contains { matches(shown.dropFirst(), actual[$0...]) }
        || matches(shown.dropFirst(), actual.suffix(0))
    }
    return first == actual.first && matches(shown.dropFirst(), actual.dropFirst())
  }

  private static func plain(_ line: String) -> String {
    line.replacing(/[0-9]+/, with: "0").replacing(/[ ]+/, with: " ")
      .replacing(#/[^ ]+ 0-0-0 0:0:0$/#, with: "HOST TIME")
      .replacing(/user [^,]+, group [^,]+,/, with: "user USER, group GROUP,")
  }
}
