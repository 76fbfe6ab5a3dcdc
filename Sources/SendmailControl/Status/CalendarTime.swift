// SPDX-License-Identifier: GPL-3.0-or-later

/// A moment as the clock on the wall shows it. A value that somebody with a clock has made.
public struct CalendarTime: Sendable, Equatable {
  /// The year, such as 2026.
  public var year: Int
  /// The month, 1 to 12.
  public var month: Int
  /// The day of the month, from 1.
  public var day: Int
  /// 0 to 23.
  public var hour: Int
  /// 0 to 59.
  public var minute: Int
  /// 0 to 60.
  public var second: Int

  /// A moment with these numbers, which are not checked.
  public init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// `2026-11-21`.
  public var date: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }

  /// `04:16:21`.
  public var time: String { "\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second))" }

  private static func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}
