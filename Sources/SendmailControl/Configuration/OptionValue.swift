// SPDX-License-Identifier: Apache-2.0

/// Readers for the values of options, as in sendmail: numbers, truths, octal modes and times.
package enum OptionValue {
  /// C's `atoi`: blanks, a sign, digits, and nothing else is read; 0 without digits. A number too
  /// large for 32 bits is cut as the C library of Linux cuts it.
  package static func integer(_ value: some Collection<UInt8>) -> Int {
    Int(Int32(truncatingIfNeeded: long(value)))
  }

  /// C's `atol`, on 64 bits: like ``integer(_:)``, but held at the largest or smallest number.
  package static func long(_ value: some Collection<UInt8>) -> Int {
    var rest = value.drop(while: ASCII.isSpace)
    let negative = rest.first == ASCII.minus
    if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var number = 0
    for digit in rest.prefix(while: ASCII.isDigit) {
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      let (difference, underflow) = product.subtractingReportingOverflow(Int(digit - 0x30))
      guard !overflow, !underflow else { return negative ? .min : .max }
      number = difference
    }
    if negative { return number }
    return number == .min ? .max : -number
  }

  /// sendmail's `atobool`: empty, or a first letter out of `tTyY`.
  package static func truth(_ value: some Collection<UInt8>) -> Bool {
    guard let first = value.first else { return true }
    return "tTyY".utf8.contains(first)
  }

  /// sendmail's `atooct`, cut to the permission bits.
  package static func mode(_ value: some Collection<UInt8>) -> UInt16 {
    var mode: UInt32 = 0
    for digit in value.prefix(while: { (0x30...0x37).contains($0) }) {
      mode = mode << 3 | UInt32(digit - 0x30)
    }
    return UInt16(mode & 0o777)
  }

  /// A unit of time.
  package enum TimeUnit: UInt8, Sendable {
    /// Seconds.
    case seconds = 0x73
    /// Minutes.
    case minutes = 0x6D
    /// Hours.
    case hours = 0x68
    /// Days.
    case days = 0x64
    /// Weeks.
    case weeks = 0x77

    /// The unit in seconds.
    package var seconds: Int {
      switch self {
      case .seconds: 1
      case .minutes: 60
      case .hours: 3600
      case .days: 86_400
      case .weeks: 604_800
      }
    }
  }

  /// sendmail's `convtime`: numbers with units (`1h30m`), a bare one in `unit`; `now` is 0.
  ///
  /// - Returns: seconds, and the letters that are no units, which sendmail complains about and then
  ///   takes for `unit`.
  package static func time(
    _ value: some Collection<UInt8>, unit: TimeUnit
  ) -> (seconds: Int, unknownUnits: [UInt8]) {
    if value.elementsEqual("now".utf8, by: { ASCII.lowercased($0) == $1 }) { return (0, []) }
    let negative = value.first == ASCII.minus
    var unknown: [UInt8] = []
    var total = 0
    var number = 0
    var isPending = false
    for byte in negative ? value.dropFirst() : value[...] {
      if ASCII.isDigit(byte) {
        number = number &* 10 &+ Int(byte - 0x30)
        isPending = true
        continue
      }
      let given = TimeUnit(rawValue: byte)
      if given == nil { unknown.append(byte) }
      total = total &+ number &* (given ?? unit).seconds
      number = 0
      isPending = false
    }
    if isPending { total = total &+ number &* unit.seconds }
    return (negative ? 0 &- total : total, unknown)
  }
}
