// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SystemPackage
import TestSupport

/// The kernel's facts about a process, which tell what it waits for.
struct ProcessFacts {
  let processID: Int32

  /// Waits until the program has set its handlers for signals.
  func waitUntilReadyForSignals() async throws {
    try await eventually("process \(processID) to catch signals") { catchesSignals }
  }

  /// Waits until no thread of the process has anything to do but to wait.
  ///
  /// `wakeups` is a number of ``wakeups`` that must be exceeded.
  func waitUntilBlocked(after wakeups: Int = 0) async throws {
    var last: Int?
    var unchanged = 0
    try await eventually("process \(processID) to wait") {
      let now = catchesSignals && isAsleep ? self.wakeups : nil
      unchanged = now != nil && now == last ? unchanged + 1 : 0
      last = now
      return unchanged >= 5 && (now ?? 0) > wakeups
    }
  }

  /// The number of times that a thread of the process has begun to wait.
  var wakeups: Int {
    threads.reduce(0) { sum, thread in
      sum + (Int(value(of: "voluntary_ctxt_switches", in: "task/\(thread)/status") ?? "") ?? 0)
    }
  }

  /// True if the process has a socket.
  var hasSocket: Bool {
    names("fd").contains { name in
      let link = try? FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/\(processID)/fd/\(name)")
      return link?.hasPrefix("socket:") == true
    }
  }

  /// The number of bytes that the process has read.
  var readBytes: Int { Int(value(of: "rchar", in: "io") ?? "") ?? 0 }

  /// The name of the program that the process runs.
  var programName: String? { value(of: "Name", in: "status") }

  private var catchesSignals: Bool {
    let caught = value(of: "SigCgt", in: "status").flatMap { UInt64($0, radix: 16) } ?? 0
    return caught & (1 << UInt64(SIGTERM - 1)) != 0
  }

  private var isAsleep: Bool {
    let threads = threads
    return !threads.isEmpty
      && threads.allSatisfy { value(of: "State", in: "task/\($0)/status")?.hasPrefix("S") == true }
  }

  private var threads: [String] { names("task") }

  private func names(_ directory: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/\(directory)")) ?? []
  }

  private func value(of name: String, in file: String) -> String? {
    let contents = FileManager.default.contents(atPath: "/proc/\(processID)/\(file)") ?? Data()
    return String(decoding: contents, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix(name + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }
}
