// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// A time in whole seconds: `90`, or numbers with the units d, h, m and s, the larger ones first.
struct Age: OptionWord {
  static let words: [String] = []
  static let expectation = "Please provide seconds, or a time such as 5m, 1h30m or 2d."

  let duration: Duration

  init?(word: String) {
    guard let seconds = Self.seconds(word) else { return nil }
    duration = .seconds(seconds)
  }

  private static func seconds(_ text: String) -> Int64? {
    if let seconds = number(text[...]) { return seconds }
    let units: [(letter: Character, seconds: Int64)] = [
      ("d", 86400), ("h", 3600), ("m", 60), ("s", 1),
    ]
    var rest = text[...]
    var total: Int64 = 0
    for unit in units {
      guard let end = rest.firstIndex(of: unit.letter) else { continue }
      guard let number = number(rest[..<end]) else { return nil }
      total += number * unit.seconds
      rest = rest[end...].dropFirst()
    }
    return rest.isEmpty && !text.isEmpty ? total : nil
  }

  /// At most nine digits, so that no sum of them is too large.
  private static func number(_ digits: Substring) -> Int64? {
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy(ASCII.isDigit) else {
      return nil
    }
    return Int64(digits)
  }
}
