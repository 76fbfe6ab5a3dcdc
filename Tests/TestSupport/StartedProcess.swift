// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Subprocess
internal import Synchronization

/// The process of a program that was started, for a message about one that does not end.
final class StartedProcess: Sendable, CustomStringConvertible {
  private let pid = Mutex<Int32?>(nil)

  /// Notes the process as soon as there is one.
  func note<Input, Output, Errors>(_ execution: Execution<Input, Output, Errors>) {
    pid.withLock { $0 = execution.processIdentifier.value }
  }

  /// The state of the process and its open files, as the kernel shows them.
  var description: String {
    guard let pid = pid.withLock({ $0 }) else { return "it has not been started" }
    let files = FileManager.default
    guard let stat = files.contents(atPath: "/proc/\(pid)/stat") else {
      return "process \(pid) has ended"
    }
    let places = ["wchan", "syscall"].map { name in
      String(decoding: files.contents(atPath: "/proc/\(pid)/\(name)") ?? Data(), as: UTF8.self)
    }
    let descriptors = (try? files.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? []
    let open = descriptors.sorted().map { number in
      let target = try? files.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/\(number)")
      return "\(number) \(target ?? "?")"
    }
    return "\(String(decoding: stat, as: UTF8.self)) \(places) \(open)"
  }
}
