// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Glibc

/// The processes of one session: its leader and all that it has started.
struct SessionProcesses {
  /// The process id of the leader.
  let session: pid_t

  /// Those that have not ended.
  func running() -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(pid_t.init).filter { pid in
      let facts = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
      // After the name, which is in parentheses and may contain any: the state, the parent, the group
      // and the session.
      guard let name = facts.lastIndex(of: UInt8(ascii: ")")) else { return false }
      let words = facts[name...].dropFirst(2).split(separator: UInt8(ascii: " ")).prefix(4)
        .map { String(decoding: $0, as: UTF8.self) }
      return words.count == 4 && words[0] != "Z" && words[0] != "X" && words[3] == "\(session)"
    }
  }

  /// Kills them, and waits until none is left.
  ///
  /// - Throws: ``HarnessError`` when some cannot be killed.
  func killAll() async throws {
    try await eventually("the end of all processes in session \(session)") {
      let processes = running()
      for pid in processes { kill(pid, SIGKILL) }
      return processes.isEmpty
    }
  }
}
