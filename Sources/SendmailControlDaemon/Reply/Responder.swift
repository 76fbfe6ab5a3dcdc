// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// The control child's part of the daemon: request bytes in, reply bytes out.
///
/// It uses the process table as it was when the child was forked, and everything else as it is
/// now, because sendmail's control child reads that from the system or from shared memory.
struct Responder {
  /// The daemon now.
  var state: DaemonState
  /// The table when the child was forked, the child itself not in it.
  var table: SlotTable
  /// The child's process id.
  var pid: Int32
  /// The local time as `YYYY-MM-DD/HH:MM:SS`, asked for a heap report only.
  var time: () -> String

  /// The reply to `request`.
  func reply(to request: RequestLine) -> ReplySource {
    switch request.command {
    case .restart, .shutdown: .bytes(SendmailWords.ok)
    case .status: .bytes(status.bytes)
    case .mstat: .bytes(mstat.bytes)
    case .help: .bytes(help)
    case .memdump: memoryDump
    case nil: .bytes(SendmailWords.badCommand(request.word))
    }
  }

  /// The table as the child lists it: without the processes that have gone since, and with itself in
  /// the lowest free slot.
  private var listing: (children: Int, processes: [ProcessEntry]) {
    var table = table
    let alive = state.processes.pids
    table.probe { alive.contains($0.pid) }
    let children = table.childCount
    table.enter(
      DaemonProcess(kind: .controlChild, pid: pid, text: SendmailWords.answeringControl))
    return (children, table.entries)
  }

  private var status: StatusReply {
    let (children, processes) = listing
    return StatusReply(
      children: children, maximumChildren: state.maximumChildren ?? 0,
      freeSpace: state.freeSpace ?? -1, loadAverage: state.loadAverage ?? -1, processes: processes)
  }

  private var mstat: MstatReply {
    let (children, processes) = listing
    return MstatReply(
      children: children, maximumChildren: state.maximumChildren ?? 0,
      loadAverage: state.loadAverage ?? -1, queues: state.queueCounts,
      fileSystems: state.fileSystems, processes: processes)
  }

  private var help: [UInt8] {
    guard let file = state.help else {
      return message("502 5.3.0 ", "Sendmail \(state.version) ".utf8 + SendmailWords.noHelpFile)
    }
    guard let texts = file.texts(for: "control") else {
      return message("504 5.3.0 ", SendmailWords.noHelpTopic)
    }
    return texts.flatMap { message("214-2.0.0 ", $0) }
      + message("214 2.0.0 ", "End of HELP info".utf8)
  }

  /// One line the way sendmail prints an SMTP reply: a daemon that has detached takes its control
  /// child for an ordinary program and leaves out the code and the carriage return.
  private func message(_ code: String, _ text: some Sequence<UInt8>) -> [UInt8] {
    switch state.mode {
    case .background: text + [ASCII.lineFeed]
    case .foreground: Array(code.utf8) + text + [ASCII.carriageReturn, ASCII.lineFeed]
    }
  }

  private var memoryDump: ReplySource {
    guard let report = state.heapReport, report.level >= 2 else {
      return .bytes(SendmailWords.noMemoryDump)
    }
    return .heapReport(HeapReportStream(report, pid: pid, time: time()))
  }
}
