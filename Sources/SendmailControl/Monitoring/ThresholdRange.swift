// SPDX-License-Identifier: Apache-2.0

/// A range of values in the grammar of the Monitoring Plugins guidelines: `10`, `10:`, `~:10`, `10:20`,
/// `@10:20`, with the units of its kind of value.
package struct ThresholdRange: Sendable, Equatable {
  /// The lowest value of the range; minus infinity for `~`.
  package let start: Double
  /// The highest value of the range; infinity where there is none.
  package let end: Double
  /// True if values within the range are bad, and not those outside of it.
  package let isInverted: Bool

  /// The values from `start` to `end`, both included.
  package init(_ start: Double = 0, to end: Double = .infinity, isInverted: Bool = false) {
    self.start = start
    self.end = end
    self.isInverted = isInverted
  }

  /// Reads the text of a range of values of `unit`; `nil` for any other text.
  package init?(_ text: some Collection<UInt8>, _ unit: ThresholdUnit) {
    isInverted = text.first == UInt8(ascii: "@")
    let range = isInverted ? text.dropFirst() : text[...]
    let parts = range.split(separator: ASCII.colon, omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      guard let end = unit.value(parts[0]) else { return nil }
      (start, self.end) = (0, end)
    case 2 where !(parts[0].isEmpty && parts[1].isEmpty):
      let lowest: Double? =
        if parts[0].elementsEqual("~".utf8) {
          -.infinity
        } else {
          parts[0].isEmpty ? 0 : unit.value(parts[0])
        }
      let highest = parts[1].isEmpty ? .infinity : unit.value(parts[1])
      guard let lowest, let highest else { return nil }
      (start, end) = (lowest, highest)
    default: return nil
    }
    guard start <= end else { return nil }
  }

  /// Returns whether `value` is bad.
  package func alerts(on value: Double) -> Bool {
    (value >= start && value <= end) == isInverted
  }

  /// True if a value that grows never becomes good again.
  package var isUpperBound: Bool { start <= 0 && !isInverted }

  /// The text of the range in the base unit, as performance data has it.
  package var text: String {
    let isPlain = start == 0 && end < .infinity
    let first = start == -.infinity ? "~:" : isPlain ? "" : "\(Self.text(start)):"
    return (isInverted ? "@" : "") + first + (end == .infinity ? "" : Self.text(end))
  }

  /// The digits of `number`, without a fraction that is zero.
  static func text(_ number: Double) -> String {
    guard let whole = Int(exactly: number) else { return "\(number)" }
    return String(whole)
  }
}

/// A unit in which the values of a check and their ranges are.
package enum ThresholdUnit: Sendable, CaseIterable {
  /// A number, such as a count.
  case number
  /// Seconds; a range may have numbers with the units `d`, `h`, `m` and `s`, the larger ones first.
  case seconds
  /// Bytes; a range may have the units `K`, `M`, `G` and `T`, each 1024 times the one before.
  case bytes

  /// The unit as performance data has it.
  package var symbol: String {
    switch self {
    case .number: ""
    case .seconds: "s"
    case .bytes: "B"
    }
  }

  /// An example of a range, for messages.
  package var example: String {
    switch self {
    case .number: "10, 10:, ~:10, 10:20 or @10:20"
    case .seconds: "4h, 1d12h, 10m:4h or @10m:4h"
    case .bytes: "500M:, 2G:10G or @0:500M"
    }
  }

  /// The value of `text`; `nil` when it has none.
  func value(_ text: some Collection<UInt8>) -> Double? {
    let isNegative = text.first == ASCII.minus
    let digits = isNegative ? text.dropFirst() : text[...]
    return amount(digits).map { isNegative ? -$0 : $0 }
  }

  private func amount(_ text: some Collection<UInt8>) -> Double? {
    if let number = Self.decimal(text) { return number }
    switch self {
    case .number: return nil
    case .seconds: return Self.time(text)
    case .bytes:
      guard let letter = Array(text).last.map(ASCII.lowercased),
        let power = Array("kmgt".utf8).firstIndex(of: letter),
        let number = Self.decimal(text.dropLast())
      else { return nil }
      return (0...power).reduce(number) { amount, _ in amount * 1024 }
    }
  }

  private static func time(_ text: some Collection<UInt8>) -> Double? {
    var rest = Array(text)[...]
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    for (letter, seconds) in zip("dhms".utf8, [86400.0, 3600, 60, 1]) {
      guard let end = rest.firstIndex(of: letter) else { continue }
      guard let number = decimal(rest[..<end]) else { return nil }
      total += number * seconds
      rest = rest[end...].dropFirst()
    }
    return rest.isEmpty ? total : nil
  }

  /// The number that digits with at most one dot spell.
  private static func decimal(_ text: some Collection<UInt8>) -> Double? {
    guard (1...18).contains(text.count), text.contains(where: ASCII.isDigit),
      text.allSatisfy({ ASCII.isDigit($0) || $0 == ASCII.dot })
    else { return nil }
    return Double(String(decoding: text, as: UTF8.self))
  }
}

/// The ranges of a check; a value that both alert on is critical.
package struct Thresholds: Sendable, Equatable {
  /// The range for a warning; `nil` for none.
  package var warning: ThresholdRange?
  /// The range for a critical value; `nil` for none.
  package var critical: ThresholdRange?

  /// These ranges.
  package init(warning: ThresholdRange? = nil, critical: ThresholdRange? = nil) {
    self.warning = warning
    self.critical = critical
  }

  /// Reads `WARNING`, `WARNING,CRITICAL` or `,CRITICAL`; `nil` for any other text.
  package init?(_ text: some Collection<UInt8>, _ unit: ThresholdUnit) {
    let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count <= 2, let last = parts.last, !last.isEmpty else { return nil }
    if !parts[0].isEmpty {
      guard let range = ThresholdRange(parts[0], unit) else { return nil }
      warning = range
    }
    guard parts.count == 2 else { return }
    guard let range = ThresholdRange(last, unit) else { return nil }
    critical = range
  }

  /// True if a value that grows never becomes good again.
  package var areUpperBounds: Bool {
    warning?.isUpperBound != false && critical?.isUpperBound != false
  }

  /// The state for `value`.
  package func state(of value: Double) -> CheckState {
    if critical?.alerts(on: value) == true { return .critical }
    return warning?.alerts(on: value) == true ? .warning : .ok
  }
}
