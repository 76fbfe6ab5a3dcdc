// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

/// A text that repeats one part many times. Its description as an argument of a test is one line.
struct LongText: Sendable, CustomTestStringConvertible {
  var start = ""
  let part: String
  let count: Int
  var end = ""

  var text: String { start + String(repeating: part, count: count) + end }

  var testDescription: String {
    [start.debugDescription, "\(count) times \(part.debugDescription)", end.debugDescription]
      .filter { $0 != "\"\"" }.joined(separator: ", ")
  }
}
