// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage

extension ProcessTable {
  /// What the process table says of a daemon and of the children that it listed, each looked at once.
  ///
  /// A number that another process has by now is recognised: that process has another parent than the
  /// daemon, or began after the list was made.
  ///
  /// - Parameters:
  ///   - daemon: the daemon's process, in this process id namespace.
  ///   - children: the processes that it listed.
  ///   - listed: when its list was complete.
  /// - Returns: a sight for each of them.
  public static func sights(
    of daemon: Int32, children: [Int32], listed: BootTime
  ) -> [Int32: ProcessSight] {
    // Ages are counted from one moment, so that the older of two processes has the greater age.
    let now = BootTime.now()
    var sights: [Int32: ProcessSight] = [:]
    sights.reserveCapacity(children.count + 1)
    sights[daemon] = sight(of: daemon, parent: nil, listed: listed, now: now)
    for child in children where sights[child] == nil {
      sights[child] = sight(of: child, parent: daemon, listed: listed, now: now)
    }
    return sights
  }

  /// What it says of the process `pid`, which `parent` started, if that is known.
  private static func sight(
    of pid: Int32, parent: Int32?, listed: BootTime, now: BootTime
  ) -> ProcessSight {
    let line: [UInt8]
    do {
      line = try contents(of: FilePath("/proc/\(pid)/stat"))
    } catch {
      // Where other users' processes are hidden (hidepid) there is no file of a process that runs.
      return kill(pid, 0) == 0 || errno == EPERM ? .unreadable : .gone
    }
    guard let numbers = ProcessNumbers(line: line) else { return .unreadable }
    let start = BootTime(ticks: numbers.startTicks)
    guard parent == nil || numbers.parent == parent, start <= listed else { return .reused }
    return .seen(
      ProcessSight.Facts(
        age: max(.zero, now.elapsed - start.elapsed),
        processorTime: BootTime(ticks: numbers.processorTicks).elapsed, title: title(of: pid),
        hasEnded: numbers.hasEnded))
  }
}
