// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// What the system's process table says, as far as this user may read it. It is never sendmail's
/// word: titles lag behind, and any process can set its own.
public enum ProcessTable {
  /// A process and its title.
  public struct Process: Sendable, Equatable {
    /// The process id.
    public let pid: Int32
    /// The process id of its parent.
    public let parent: Int32
    /// The name of its program, at most 15 bytes.
    public let name: [UInt8]
    /// Its title: what `ps` shows as its command, arguments joined by blanks.
    public let title: [UInt8]
    /// Whether it has ended and only waits to be reaped.
    public let hasEnded: Bool
  }

  /// Whether the process `pid` runs; one that has ended and was not reaped yet does not.
  public static func isRunning(_ pid: Int32) -> Bool {
    guard kill(pid, 0) == 0 || errno == EPERM else { return false }
    return process(pid)?.hasEnded != true
  }

  /// Whether a process of the group `group` runs.
  static func isAnyRunning(inGroup group: Int32) -> Bool {
    processIDs().contains { pid in
      guard let numbers = numbers(of: pid) else { return false }
      return numbers.group == group && !numbers.hasEnded
    }
  }

  private static func numbers(of pid: Int32) -> ProcessNumbers? {
    (try? contents(of: FilePath("/proc/\(pid)/stat"))).flatMap(ProcessNumbers.init(line:))
  }

  /// The process `pid`, or `nil` when it is gone or may not be seen.
  public static func process(_ pid: Int32) -> Process? {
    guard let numbers = numbers(of: pid) else { return nil }
    return Process(
      pid: pid, parent: numbers.parent, name: numbers.name, title: title(of: pid) ?? [],
      hasEnded: numbers.hasEnded)
  }

  /// The title of the process `pid`, or `nil` when it has none or may not be read.
  static func title(of pid: Int32) -> [UInt8]? {
    guard var title = try? contents(of: FilePath("/proc/\(pid)/cmdline")) else { return nil }
    while title.last == ASCII.null || title.last == ASCII.space { title.removeLast() }
    return title.isEmpty ? nil : title.map { $0 == ASCII.null ? ASCII.space : $0 }
  }

  /// The process ids this user may see, in no particular order.
  public static func processIDs() -> [Int32] {
    let names = (try? DirectoryNames.read("/proc")) ?? []
    return names.compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
  }

  /// The children of `parent` that this user may see, by process id.
  public static func children(of parent: Int32) -> [Process] {
    processIDs().compactMap { process($0) }
      .filter { $0.parent == parent }
      .sorted { $0.pid < $1.pid }
  }

  /// The file that holds the numbers of a process is one `read` long; its command line may be more.
  ///
  /// - Throws: `Errno`; `ESRCH` when the process ends while it is looked at.
  static func contents(of path: FilePath) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    defer { try? descriptor.close() }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try unsafe buffer.withUnsafeMutableBytes {
        unsafe try descriptor.read(into: $0)
      }
      guard count > 0 else { return contents }
      contents += buffer[..<count]
    }
  }
}
