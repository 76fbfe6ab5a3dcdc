// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Glibc
internal import SystemPackage

/// The processes of one daemon: itself, its children, and what outlives it.
///
/// They know one another by their working directory: every sendmail process stays in its queue
/// directory, and those lie in the daemon's own temporary directory. Process ids, groups and
/// sessions tell less, since sendmail changes all of them.
struct DaemonProcesses {
  let directory: FilePath

  /// Those that are there now.
  func running() -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(pid_t.init).filter(contains)
  }

  /// Returns whether `pid` is one of them and has not ended.
  func contains(_ pid: pid_t) -> Bool {
    let prefix = directory.string.utf8
    var place = [UInt8](repeating: 0, count: prefix.count + 1)
    // As much of the path as is compared. A process that has ended has no such link any more.
    let length = unsafe place.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe readlink(
        "/proc/\(pid)/cwd", start.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard length >= prefix.count, place.starts(with: prefix) else { return false }
    return length == prefix.count || place.last == UInt8(ascii: "/")
  }

  /// Returns whether the child `pid` of the tests has ended, waited for or not.
  static func hasEnded(_ pid: pid_t) -> Bool {
    // The state is the first word after the name, which is in parentheses and may contain any.
    let facts = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
    guard let name = facts.lastIndex(of: UInt8(ascii: ")")) else { return true }
    return facts[name...].dropFirst(2).first == UInt8(ascii: "Z")
  }

  /// Kills them, and waits until none is left.
  ///
  /// - Throws: ``HarnessError`` when some cannot be killed.
  func killAll() async throws {
    // A task of its own, since the test's may have been cancelled.
    try await Task {
      try await eventually("the end of all sendmail processes in \(directory)") {
        let processes = running()
        for pid in processes { kill(pid, SIGKILL) }
        return processes.isEmpty
      }
    }.value
  }
}
