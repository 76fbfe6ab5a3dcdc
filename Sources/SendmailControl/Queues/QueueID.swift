// SPDX-License-Identifier: Apache-2.0

/// The id of a message, which is part of the names of its files (`assign_queueid` in sendmail's
/// `queue.c`).
package enum QueueID {
  /// Characters before the process id: year, month, day, hour, minute, second, and two of a counter.
  private static let timeAndCount = 8
  /// The fewest digits of the process id.
  private static let fewestDigits = 5
  /// The number of years after which the character of the year repeats.
  private static let years = 60
  /// The greatest age in seconds; an id that seems older is of the future.
  private static let longestAgo = 30 * 365 * 86400

  /// Returns the time at which sendmail made the id, in seconds since 1970; `nil` when sendmail did not
  /// make it.
  ///
  /// `id` is the name of a file without its first two bytes. `now` is the time now, in seconds
  /// since 1970: the id has the year modulo 60 only.
  package static func time(of id: Span<UInt8>, now: Int) -> Int? {
    guard id.count >= timeAndCount + fewestDigits else { return nil }
    for index in timeAndCount..<id.count where !ASCII.isDigit(id[index]) { return nil }
    guard let year = digit(id[0]), let month = digit(id[1]), month < 12,
      let day = digit(id[2]), (1...31).contains(day), let hour = digit(id[3]), hour < 24,
      let minute = digit(id[4]), let second = digit(id[5]), digit(id[6]) != nil, digit(id[7]) != nil
    else { return nil }
    let timeOfDay = hour * 3600 + minute * 60 + second
    var latest: Int?
    for century in 1... {
      // Two rounds of 60 years past 1900 begin in 2020; none before 1960 is of interest.
      let time =
        days(year: 1900 + year + years * century, month: month + 1, day: day) * 86400
        + timeOfDay
      // A day for clocks that differ.
      guard time <= now + 86400 else { break }
      latest = time
    }
    return latest.flatMap { now - $0 <= longestAgo ? $0 : nil }
  }

  /// Returns the value of a character of `QueueIdChars`: `0` to `9`, `A` to `Z`, `a` to `x`.
  private static func digit(_ character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character - UInt8(ascii: "A")) + 10
    case UInt8(ascii: "a")...UInt8(ascii: "x"): Int(character - UInt8(ascii: "a")) + 36
    default: nil
    }
  }

  /// Returns the days from 1 January 1970 to a day of the Gregorian calendar.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    // Years that begin in March end with the leap day.
    let year = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let leapDays = year / 4 - year / 100 + year / 400
    let toMonth = (153 * monthFromMarch + 2) / 5
    return 365 * year + leapDays + toMonth + day - 1 - 719_468
  }
}
