// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

enum StatusProperties {
  static func complaint(about bytes: [UInt8]) -> String? {
    do {
      let reply = try StatusReply(parsing: bytes)
      guard (try? StatusReply(parsing: reply.bytes)) == reply else {
        return "another reply when it is written and read again"
      }
      return StatusRenderings.complaint(about: reply.processes, command: .status) {
        DaemonStatus(reply, identity: $0)
      }
    } catch {
      return ReplyErrors.complaint(about: error, in: bytes)
    }
  }
}

enum MstatProperties {
  static func complaint(about bytes: [UInt8]) -> String? {
    do {
      let reply = try MstatReply(parsing: bytes)
      guard (try? MstatReply(parsing: reply.bytes)) == reply else {
        return "another reply when it is written and read again"
      }
      return StatusRenderings.complaint(about: reply.processes, command: .mstat) {
        DaemonStatus(reply, identity: $0)
      }
    } catch {
      return ReplyErrors.complaint(about: error, in: bytes)
    }
  }
}

/// The renderings of a reply that could be read.
private enum StatusRenderings {
  static func complaint(
    about processes: [ProcessEntry], command: ControlCommand,
    status: (DaemonIdentity) -> DaemonStatus
  ) -> String? {
    // No one known, and every process in the list by turns, as far as that goes in a short time.
    let candidates = [nil] + processes.prefix(4).map { Optional($0.pid) }
    for pid in candidates {
      let status = status(DaemonIdentity(listener: pid))
      if let complaint = complaint(about: status, processes, command) { return complaint }
    }
    return nil
  }

  private static func complaint(
    about status: DaemonStatus, _ processes: [ProcessEntry], _ command: ControlCommand
  ) -> String? {
    let listed = status.processes.count + (status.daemon == nil ? 0 : 1)
    guard listed == processes.count else {
      return "\(listed) processes out of \(processes.count)"
    }
    let socket = Array("/s".utf8)
    guard
      let json = try? StatusDocument(status, command: command, socket: socket).json
    else { return "no JSON can be made of it" }
    return Harm.complaint(about: ClassicText.status(status), in: "classic")
      ?? terminalComplaint(about: status, socket: socket)
      ?? Harm.complaint(about: json, in: "json")
  }
}

extension StatusRenderings {
  private static let styles = [
    TerminalStyle(), TerminalStyle(width: 20), TerminalStyle(width: 60, characters: .utf8),
    TerminalStyle(width: 97, characters: .utf8),
  ]

  /// For reading, in every sort of place, with something seen around the reply.
  private static func terminalComplaint(about status: DaemonStatus, socket: [UInt8]) -> String? {
    // The words of one child are the title of the next.
    var processes: [Int32: ListedProcess] = [:]
    var title: [UInt8]?
    for child in status.processes {
      processes[child.pid] = .seen(
        ObservedProcess(pid: child.pid, commandLine: title), age: .seconds(child.pid))
      title = child.text.bytes
    }
    var report = StatusReport(
      status, socket: socket,
      context: ReplyContext(
        host: Array("h".utf8),
        time: CalendarTime(year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0),
        processes: processes,
        thresholds: StatusThresholds(
          queueLA: 8, refuseLA: 12, minimumFreeBlocks: 100, sharedMemoryKey: 1, daemonNames: []),
        fileSystems: status.fileSystems.map { _ in FileSystemInfo(blockSize: 4096, freeSpace: 1) }))
    for byPeer in [false, true] {
      report.byPeer = byPeer
      for style in styles {
        let text = StatusText.make(report, style: style)
        if let complaint = Harm.complaint(about: text, in: "terminal") { return complaint }
        guard let width = style.width else { continue }
        for line in text.split(separator: "\n") where DisplayWidth.of(String(line)) > width {
          return "terminal: a line of \(DisplayWidth.of(String(line))) columns on \(width)"
        }
      }
    }
    return nil
  }
}

/// The errors for a reply that could not be read.
private enum ReplyErrors {
  static func complaint(about error: ReplyError, in bytes: [UInt8]) -> String? {
    let lines = bytes.count { $0 == ASCII.lineFeed } + 1
    guard (1...lines + 1).contains(error.line) else {
      return "an error in line \(error.line) of \(lines)"
    }
    guard error.text.isEmpty || bytes.firstRange(of: error.text.bytes) != nil else {
      return "an error about text that is not there"
    }
    if error.code == .empty, !bytes.isEmpty { return "\(bytes.count) bytes are called none" }
    let refusal = Refusal(bytes).map { $0.text } ?? ""
    return Harm.complaint(about: refusal, in: "a refusal")
      ?? Harm.complaint(about: ClassicText.lines(bytes), in: "classic lines")
      ?? Harm.complaint(
        about: ClassicText.lines(bytes, endsWithEmptyLine: false), in: "terminal lines")
  }
}
