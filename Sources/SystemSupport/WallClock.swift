// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl

/// The system's clock (`CLOCK_REALTIME`).
package enum WallClock {
  /// The time now, in seconds since 1970.
  package static var now: Int {
    var clock = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &clock)
    return clock.tv_sec
  }
}

extension CalendarTime {
  /// The moment now, in the time zone of the environment.
  package init() {
    self.init(at: WallClock.now)
  }

  /// The moment so many seconds after the beginning of 1970, in the time zone of the environment.
  package init(at seconds: Int) {
    var moment = seconds
    var parts = unsafe tm()
    unsafe localtime_r(&moment, &parts)
    unsafe self.init(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
  }
}
