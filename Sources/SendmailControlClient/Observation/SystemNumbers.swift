// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl

/// How busy the machine is.
public enum MachineLoad {
  /// The one-minute load average (`getloadavg`), or `nil` when the system does not tell.
  public static var average: Double? {
    var load = 0.0
    return unsafe getloadavg(&load, 1) == 1 ? load : nil
  }
}

extension CalendarTime {
  /// The moment so long ago, by the system's clock, in the time zone of the environment.
  public init(ago: Duration = .zero) {
    var clock = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &clock)
    self.init(at: clock.tv_sec - Int(ago.components.seconds))
  }

  /// The moment so many seconds after the beginning of 1970, in the time zone of the environment.
  init(at seconds: Int) {
    var moment = seconds
    var parts = unsafe tm()
    unsafe localtime_r(&moment, &parts)
    unsafe self.init(
      year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
  }
}
