// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage

extension DaemonSight {
  /// What can be seen of the daemon of `resolved`: its PID file, the process table, and the kernel's
  /// list of listening sockets. Nothing is asked of the daemon: to sendmail each connection is a
  /// child, also one that is made just to look who is at the other end.
  public init(lookingFor resolved: ResolvedConfiguration) {
    self.init()
    let configuration = resolved.configuration
    readPIDFile(FilePath(bytes: configuration.pidFile))
    if let name = configuration.controlSocket.path {
      listener = ListenerSearch(name: name, base: resolved.baseQueueDirectory).result
    }
    commandLines += ProcessTable.sendmailCommandLines
  }

  /// The process id, and the whole command line: sendmail overwrites the arguments that the process
  /// table shows with its title, so that the PID file alone still has them.
  private mutating func readPIDFile(_ path: FilePath) {
    let file: PIDFile
    do {
      file = try PIDFile(at: path)
    } catch .noSuchFileOrDirectory {
      return
    } catch {
      unchecked.append(Unchecked(path.bytes, "the PID file: \(error)"))
      return
    }
    guard let pid = file.processID, file.isLocked || ProcessTable.isSendmail(pid) else { return }
    daemon = pid
    realUser = ProcessTable.users(of: pid)?.real
    let words = file.commandLine.split(separator: ASCII.space).dropFirst().map { Array($0) }
    commandLines.append(
      CommandLine(pid: pid, origin: "PID file \(path.harmlessText)", arguments: words, isOwn: true))
  }
}

extension ProcessTable {
  /// The real and the effective user id of the process `pid`, or `nil` when they may not be seen.
  static func users(of pid: Int32) -> (real: UInt32, effective: UInt32)? {
    guard let text = try? contents(of: FilePath("/proc/\(pid)/status")) else { return nil }
    let start = Array("Uid:".utf8)
    guard
      let line = text.split(separator: ASCII.lineFeed).first(where: { $0.starts(with: start) })
    else { return nil }
    let numbers = line.dropFirst(start.count).split(separator: ASCII.tab)
      .compactMap { UInt32(String(decoding: $0, as: UTF8.self)) }
    return numbers.count < 2 ? nil : (numbers[0], numbers[1])
  }

  /// The program that the process `pid` runs, or `nil` when it may not be seen. A program that was
  /// replaced since, as by an upgrade, keeps its name.
  static func program(of pid: Int32) -> [UInt8]? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/\(pid)/exe", &target, target.count)
    guard count > 0 else { return nil }
    let path = target.prefix(count).map { UInt8(bitPattern: $0) }
    let suffix = Array(" (deleted)".utf8)
    return path.reversed().starts(with: suffix.reversed())
      ? Array(path.dropLast(suffix.count)) : path
  }

  /// Whether the process `pid` runs and is sendmail: by its program, by the program's name where its path
  /// may not be seen, or by its title. That its command line speaks of sendmail says nothing.
  static func isSendmail(_ pid: Int32) -> Bool {
    guard isRunning(pid), let process = process(pid) else { return false }
    return SendmailProcess.isProgram(program(of: pid) ?? process.name)
      || SendmailProcess.isTitle(process.title)
  }

  /// The arguments of processes called sendmail, as far as they still are arguments.
  static var sendmailCommandLines: [DaemonSight.CommandLine] {
    processIDs().sorted().compactMap { pid in
      guard let line = try? contents(of: FilePath("/proc/\(pid)/stat")),
        let numbers = ProcessNumbers(line: line), !numbers.hasEnded,
        SendmailProcess.isProgram(numbers.name),
        let bytes = try? contents(of: FilePath("/proc/\(pid)/cmdline"))
      else { return nil }
      let words = bytes.split(separator: ASCII.null).map { Array($0) }
      return DaemonSight.CommandLine(
        pid: pid, origin: "process table", arguments: Array(words.dropFirst()), isOwn: false)
    }
  }
}
