// SPDX-License-Identifier: GPL-3.0-or-later

/// A number of seconds greater than zero, fractions allowed.
struct Seconds: OptionWord {
  static let words: [String] = []
  static let expectation = "Please provide a number of seconds above 0."

  let duration: Duration

  init?(word: String) {
    guard let value = Double(word), value > 0, value <= 1_000_000 else { return nil }
    duration = .nanoseconds(Int64(value * 1e9))
  }

  init(_ value: Int64) {
    duration = .seconds(value)
  }
}
