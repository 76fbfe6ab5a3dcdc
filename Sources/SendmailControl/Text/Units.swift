// SPDX-License-Identifier: Apache-2.0

/// Numbers with their units as text.
package enum Units {
  /// An amount of storage in the largest binary unit that leaves a number of at least one, with one
  /// decimal from MiB up: `512 KiB`, `79.9 GiB`.
  static func size(kibibytes: Int) -> String {
    amount(kibibytes, in: ["KiB", "MiB", "GiB", "TiB", "PiB"], step: 1024)
  }

  /// The same of units of 1000 bytes: `512 kB`, `79.9 GB`.
  static func size(kilobytes: Int) -> String {
    amount(kilobytes, in: ["kB", "MB", "GB", "TB", "PB"], step: 1000)
  }

  private static func amount(_ amount: Int, in units: [String], step: Int) -> String {
    var unit = 0
    var divisor = 1
    while unit < units.count - 1, amount / divisor >= step {
      divisor *= step
      unit += 1
    }
    guard unit > 0 else { return "\(amount) \(units[0])" }
    let whole = amount / divisor
    let tenths = (amount % divisor) * 10 / divisor
    return "\(whole).\(tenths) \(units[unit])"
  }

  /// The permission bits of a file as four octal digits: `0660`.
  package static func mode(_ bits: some BinaryInteger) -> String {
    padded(bits, radix: 8, width: 4)
  }

  /// The digits of `number`, which is not negative, with zeros before them up to `width`.
  static func padded(_ number: some BinaryInteger, radix: Int = 10, width: Int) -> String {
    let digits = String(number, radix: radix)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension Duration {
  /// The time in its two largest units: `0s`, `45s`, `4m12s`, `3h05m`, `2d03h`.
  var inTwoUnits: String {
    let seconds = max(0, components.seconds)
    func two(_ number: Int64) -> String { Units.padded(number, width: 2) }
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m\(two(seconds % 60))s"
    case ..<86400: return "\(seconds / 3600)h\(two(seconds % 3600 / 60))m"
    default: return "\(seconds / 86400)d\(two(seconds % 86400 / 3600))h"
    }
  }

  /// Processor time: below a minute in hundredths of a second, `0.07s`.
  var asProcessorTime: String {
    guard components.seconds < 60 else { return inTwoUnits }
    return "\(components.seconds).\(Units.padded(thousandths / 10, width: 2))s"
  }

  /// Seconds to the millisecond: `0.021`, `3`.
  package var inSeconds: String {
    guard thousandths > 0 else { return String(components.seconds) }
    return "\(components.seconds).\(Units.padded(thousandths, width: 3))"
  }

  /// The whole milliseconds; a part of one is left out.
  package var milliseconds: Int64 { components.seconds * 1000 + thousandths }

  private var thousandths: Int64 { components.attoseconds / 1_000_000_000_000_000 }
}

/// A moment as a clock on the wall shows it.
package struct CalendarTime: Sendable, Equatable {
  /// The year, such as 2026.
  package var year: Int
  /// The month, 1 to 12.
  package var month: Int
  /// The day of the month, from 1.
  package var day: Int
  /// 0 to 23.
  package var hour: Int
  /// 0 to 59.
  package var minute: Int
  /// 0 to 60.
  package var second: Int

  /// The moment with these numbers, which are not checked.
  package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// `2026-11-21`.
  package var date: String {
    "\(year)-\(Units.padded(month, width: 2))-\(Units.padded(day, width: 2))"
  }

  /// `04:16:21`.
  package var time: String {
    [hour, minute, second].map { Units.padded($0, width: 2) }.joined(separator: ":")
  }
}
