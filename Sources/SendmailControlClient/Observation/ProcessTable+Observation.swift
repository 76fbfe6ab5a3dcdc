// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
internal import SystemPackage
internal import SystemSupport

extension ProcessTable {
  /// The process `pid`, as far as this user may read it.
  ///
  /// `inFull` is true to read its program, working directory and users, too.
  package static func observe(_ pid: Int32, inFull: Bool = false) -> Fact<ObservedProcess> {
    guard let line = try? Files.contents(of: FilePath("/proc/\(pid)/stat")) else {
      // Where other users' processes are hidden (hidepid) there is no file of a process that runs.
      return kill(pid, 0) == 0 || errno == EPERM
        ? .unknown(reason: "process \(pid) is hidden from this user", isForbidden: true) : .absent
    }
    guard let numbers = ProcessStat(line: line) else {
      return .unknown(reason: "/proc/\(pid)/stat has an unexpected form")
    }
    var process = ObservedProcess(
      pid: pid, parent: numbers.parent, name: numbers.name,
      commandLine: try? Files.contents(of: FilePath("/proc/\(pid)/cmdline")),
      start: BootTime(ticks: numbers.startTicks).elapsed,
      processorTime: BootTime(ticks: numbers.processorTicks).elapsed, hasEnded: numbers.hasEnded,
      isStopped: numbers.isStopped)
    if inFull {
      process.program = program(of: pid)
      process.workingDirectory = try? Files.linkTarget(of: FilePath("/proc/\(pid)/cwd"))
      let users = users(of: pid)
      process.realUser = users?.real
      process.effectiveUser = users?.effective
    }
    return .known(process)
  }

  /// The processes that started this one, its parent first, as far as this process id namespace goes.
  static func ancestors() -> [Int32] {
    var ancestors: [Int32] = []
    var next = getppid()
    // A number may be used again meanwhile, so that there is no end to be sure of.
    while next > 1, ancestors.count < 64 {
      ancestors.append(next)
      next = observe(next).value?.parent ?? 0
    }
    return ancestors
  }

  /// The real and the effective user id of the process `pid`, or `nil` when they may not be read.
  private static func users(of pid: Int32) -> (real: UInt32, effective: UInt32)? {
    guard let text = try? Files.contents(of: FilePath("/proc/\(pid)/status")) else { return nil }
    let start = Array("Uid:".utf8)
    guard
      let line = text.split(separator: ASCII.lineFeed).first(where: { $0.starts(with: start) })
    else { return nil }
    let numbers = line.dropFirst(start.count).split(separator: ASCII.tab)
      .compactMap { UInt32(String(decoding: $0, as: UTF8.self)) }
    return numbers.count < 2 ? nil : (numbers[0], numbers[1])
  }

  /// The program that the process `pid` runs, or `nil` when it may not be read. A program that was
  /// replaced since, as by an upgrade, keeps its name.
  private static func program(of pid: Int32) -> [UInt8]? {
    guard let path = try? Files.linkTarget(of: FilePath("/proc/\(pid)/exe")) else {
      return nil
    }
    let suffix = Array(" (deleted)".utf8)
    return path.reversed().starts(with: suffix.reversed())
      ? Array(path.dropLast(suffix.count)) : path
  }
}
