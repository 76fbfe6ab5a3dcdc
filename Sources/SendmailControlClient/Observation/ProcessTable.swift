// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The system's process table, as far as this user may read it.
package enum ProcessTable {
  /// Returns whether the process `pid` runs; one that has ended and was not reaped yet does not.
  package static func isRunning(_ pid: Int32) -> Bool {
    switch observe(pid) {
    case .known(let process): !process.hasEnded
    case .unknown: true
    case .absent, .notAsked: false
    }
  }

  /// Returns whether a process of the group `group` runs.
  package static func isAnyRunning(inGroup group: Int32) -> Bool {
    processIDs().contains { pid in
      guard let line = try? Files.contents(of: FilePath("/proc/\(pid)/stat")),
        let numbers = ProcessStat(line: line)
      else { return false }
      return numbers.group == group && !numbers.hasEnded
    }
  }

  /// The processes called `name` that run, but for those in `known`.
  package static func running(
    _ name: some Sequence<UInt8>, except known: some Collection<Int32>
  ) -> [ObservedProcess] {
    let known = Set(known)
    return processIDs().filter { !known.contains($0) }.compactMap { observe($0).value }
      .filter { !$0.hasEnded && $0.name.elementsEqual(name) }
  }

  /// The process ids this user may see, in no particular order.
  package static func processIDs() -> [Int32] {
    let names = (try? Directories.names(in: "/proc")) ?? []
    return names.compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
  }
}
