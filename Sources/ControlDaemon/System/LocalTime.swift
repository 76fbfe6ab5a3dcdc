// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// The wall clock, as a heap report shows it.
enum LocalTime {
  /// The local time as `YYYY-MM-DD/HH:MM:SS`.
  static var now: String {
    var seconds = time(nil)
    var parts = unsafe tm()
    unsafe localtime_r(&seconds, &parts)
    let date = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday]
    let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec]
    return date.map(twoDigits).joined(separator: "-") + "/"
      + clock.map(twoDigits).joined(separator: ":")
  }

  private static func twoDigits(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
