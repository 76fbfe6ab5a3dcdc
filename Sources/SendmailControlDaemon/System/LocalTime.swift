// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl

/// The wall clock, as a heap report shows it.
enum LocalTime {
  /// The local time as `YYYY-MM-DD/HH:MM:SS`.
  static var now: String {
    var seconds = time(nil)
    var parts = unsafe tm()
    unsafe localtime_r(&seconds, &parts)
    let now = unsafe CalendarTime(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
    return "\(now.date)/\(now.time)"
  }
}
