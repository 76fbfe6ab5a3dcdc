// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// smcontrol.pl itself and smcontrol's `classic` format, on the same daemon in the same state.
@Suite("smcontrol.pl and the classic format", .needsRealSendmail)
struct ClassicEqualityTests {
  /// A state of the daemon, and what makes it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let prepare: @Sendable (inout DaemonConfiguration) -> Void
  }

  static let states: [Case] = [
    Case(testDescription: "idle") { _ in },
    Case(testDescription: "in the background") { $0.state.mode = .background },
    Case(testDescription: "without help") { $0.state.help = nil },
    Case(testDescription: "without help in the background") {
      $0.state.help = nil
      $0.state.mode = .background
    },
    Case(testDescription: "children of every kind, a runner before the daemon") { configuration in
      configuration.state.processes = SlotTable([.queueRunner(pid: 901)])
      let daemon = DaemonState(processID: TestProcess.id).processes.processes[0]
      configuration.state.processes.enter(daemon)
      configuration.state.processes.enter(.smtpServer(pid: 902, peer: "192.0.2.1"))
      configuration.state.processes.enter(
        .smtpServer(pid: 903, peer: "IPv6:2001:db8:0:0:0:0:0:1"))
      configuration.state.processes.enter(.smtpServer(pid: 904, peer: "[UNIX: localhost]"))
    },
    Case(testDescription: "a limit") { $0.state.maximumChildren = 20 },
    Case(testDescription: "refusing") {
      $0.state.title = "rejecting connections on daemon MTA: load average: 14"
      $0.state.loadAverage = 14
    },
    Case(testDescription: "queues and file systems") {
      $0.state.queueCounts = [
        QueueCount(name: "/q/a", count: 3),
        QueueCount(name: "/q/b:c", count: -1),
      ]
      $0.state.fileSystems = [
        FileSystemSpace(index: 0, name: "a", freeSpace: 5),
        FileSystemSpace(index: 1, name: "slow/b", freeSpace: 0),
      ]
    },
    Case(testDescription: "a report of the memory") {
      $0.state.heapReport = HeapReport(ofAbout: 20_000)
    },
  ]

  @Test("status is the same, but for the daemon's line", arguments: states)
  func status(state: Case) async throws {
    let sendmail = try await RealSendmail.required()
    try await ScratchDaemon.run(state.prepare) { scratch in
      let theirs = try await sendmail.runSmcontrolPerl("status", socket: scratch.socket)
      let ours = try await scratch.smcontrol("status")
      #expect(theirs.status == 0)
      #expect(ours.status == 0)
      #expect(normalised(theirs.output) == normalised(ours.output))
      // The line that is set apart: ours names the daemon.
      let pid = scratch.daemon.state.processID
      #expect(ours.output.hasPrefix("Daemon Status: (process \(pid)) "))
    }
  }

  @Test("The other commands are the same, but for carriage returns", arguments: states)
  func others(state: Case) async throws {
    let sendmail = try await RealSendmail.required()
    for command in ["mstat", "help", "memdump", "MSTAT", "Help", "RESTART", "shutdown"] {
      try await ScratchDaemon.run(state.prepare) { scratch in
        let theirs = try await sendmail.runSmcontrolPerl(command, socket: scratch.socket)
        #expect(theirs.status == 0)
        try await ScratchDaemon.run(state.prepare) { second in
          // Without an option ours lists the commands of smcontrol.
          let ours = try await SMControlRun.run(
            ["-C", second.configurationFile.string, command]
              + (command.lowercased() == "help" ? ["--daemon"] : []))
          let expected = withoutChangingNumbers(
            theirs.output.replacing("\r\n", with: "\n").replacing("\r", with: ""))
          #expect(expected == withoutChangingNumbers(ours.output), "\(command)")
        }
      }
    }
  }

  @Test("An unknown value drops smcontrol.pl's summary; smcontrol prints it in words")
  func specialValues() async throws {
    let sendmail = try await RealSendmail.required()
    try await ScratchDaemon.run({
      $0.state.freeSpace = -1
      $0.state.maximumChildren = -5
    }) { scratch in
      let theirs = try await sendmail.runSmcontrolPerl("status", socket: scratch.socket)
      let ours = try await scratch.smcontrol("status")
      #expect(!theirs.output.contains("Load average"))
      #expect(ours.output.contains("Current number of children: 0\n"))
      #expect(ours.output.contains("QueueDir free disk space (in blocks): unknown\n"))
      #expect(ours.output.contains("Load average: 0\n"))
    }
  }

  /// The two differences there may be in a status: smcontrol.pl ends lines with CR LF, and takes the
  /// first process for the daemon, so that the same processes stand in another order. The child that
  /// answers has another process id each time.
  private func normalised(_ output: String) -> [String] {
    let text = output.replacing("\r\n", with: "\n").replacing("\r", with: "")
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let words = line.replacing("Daemon Status: (process ", with: "")
        .replacing("Child Process ", with: "").replacing(") ", with: " ")
        .replacing(" Status: ", with: " ")
      return withoutChangingNumbers(words.lowercased())
    }
    .sorted()
  }

  /// The process id of the control child, and the moment of a report, change from call to call.
  private func withoutChangingNumbers(_ text: String) -> String {
    text.replacing(/[0-9]+ console socket child/, with: "# console socket child")
      .replacing(/pid=[0-9]+ time=\[[^\]]*\]/, with: "pid=# time=[#]")
  }
}
