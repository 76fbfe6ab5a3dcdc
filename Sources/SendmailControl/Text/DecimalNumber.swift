// SPDX-License-Identifier: Apache-2.0

/// Whole numbers as the protocol writes them: `["-"] 1*DIGIT`.
enum DecimalNumber {
  /// The number that all of `bytes` spell, or `nil` when they spell none or one too large for `Int`.
  static func parse(_ bytes: some Collection<UInt8>) -> Int? {
    let negative = bytes.first == ASCII.minus
    let digits = negative ? bytes.dropFirst() : bytes[...]
    guard !digits.isEmpty else { return nil }
    var value = 0
    for digit in digits {
      guard ASCII.isDigit(digit) else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      // Counted downwards, because the smallest Int has no positive counterpart.
      let (difference, tooSmall) = product.subtractingReportingOverflow(Int(digit - 0x30))
      guard !tooLarge, !tooSmall else { return nil }
      value = difference
    }
    if negative { return value }
    return value == .min ? nil : -value
  }
}
