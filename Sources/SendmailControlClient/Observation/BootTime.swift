// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// A moment on the clock that the process table counts by: the time since the machine began, its
/// sleep included (`CLOCK_BOOTTIME`).
package struct BootTime: Sendable, Comparable {
  /// Time since the machine began.
  let elapsed: Duration

  /// The moment that `ticks` of the process table mean, which are hundredths of a second nearly
  /// everywhere.
  init(ticks: Int64) {
    let rate = Int64(max(1, sysconf(Int32(_SC_CLK_TCK))))
    elapsed = .seconds(ticks / rate) + .seconds(1) * (ticks % rate) / rate
  }

  private init(elapsed: Duration) {
    self.elapsed = elapsed
  }

  /// The time of day at which the machine was booted, in whole seconds since 1970, as the kernel counts
  /// it: the same at every reading, as long as the clock is not set. `nil` when it cannot be read.
  static var wallClockAtBoot: Int? {
    let start = Array("btime ".utf8)
    return (try? Files.contents(of: "/proc/stat"))?.split(separator: ASCII.lineFeed)
      .first { $0.starts(with: start) }
      .flatMap { Int(String(decoding: $0.dropFirst(start.count), as: UTF8.self)) }
  }

  /// This moment.
  package static func now() -> BootTime {
    var time = timespec()
    unsafe clock_gettime(CLOCK_BOOTTIME, &time)
    return BootTime(elapsed: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec))
  }

  /// Returns whether `left` is before `right`.
  package static func < (left: BootTime, right: BootTime) -> Bool {
    left.elapsed < right.elapsed
  }
}
