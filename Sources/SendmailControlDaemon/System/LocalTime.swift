// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemSupport

/// The wall clock, as a heap report shows it.
enum LocalTime {
  /// The local time as `YYYY-MM-DD/HH:MM:SS`.
  static var now: String {
    let now = CalendarTime()
    return "\(now.date)/\(now.time)"
  }
}
