// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

/// The identity of the daemon, before and after a restart.
@Suite("Real daemon: identity and restart", .needsRealSendmail)
struct RealDaemonRestartTests {
  typealias Mode = RealDaemon.Options.Mode

  @Test(
    "The kernel, the PID file and the process list name the same daemon", arguments: Mode.allCases)
  func theKernelThePIDFile(
    mode: Mode
  ) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let client = try daemon.connect()
      let peer = try client.peer
      #expect(peer.pid == (try daemon.pid))
      #expect(peer.userID == daemon.user.userID)
      try await client.send(ControlCommand.status.requestBytes)
      let status = try StatusReply(parsing: try await client.readToEnd().bytes)
      let line = status.processes.first { $0.pid == peer.pid }
      #expect(line?.text == "accepting connections")
    }
  }

  @Test(
    "A restart keeps the process id in the foreground and changes it detached",
    arguments: Mode.allCases)
  func aRestartKeepsTheProcessId(
    mode: Mode
  ) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let pid = try daemon.pid
      let socket = daemon.socketIdentity()
      #expect(try await daemon.reply(to: "restart").bytes == SendmailWords.ok)
      try await daemon.waitForRestart(from: socket)
      switch mode {
      case .foreground: #expect(try daemon.pid == pid)
      case .background: #expect(try daemon.pid != pid)
      }
      #expect(try daemon.connect().peer.pid == daemon.pid)
      _ = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
    }
  }

  @Test("SMTP sessions outlive a restart, unlisted")

  func smtpSessionsOutliveARestart() async throws {
    try await RealDaemon.run { daemon in
      let session = try await daemon.openSMTPSession()
      let socket = daemon.socketIdentity()
      _ = try await daemon.reply(to: "restart")
      try await daemon.waitForRestart(from: socket)
      #expect(try await session.command("NOOP").hasPrefix("250"))
      let status = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
      #expect(!status.processes.contains { $0.text.starts(with: Array("SMTP server".utf8)) })
    }
  }

  @Test(
    "A daemon started by a relative path acknowledges a restart and exits",
    arguments: Mode.allCases)
  func aDaemonStartedByARelative(
    mode: Mode
  ) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.argumentZero = "sendmail"
    try await RealDaemon.run(options) { daemon in
      let pid = try daemon.pid
      #expect(try await daemon.reply(to: "restart").bytes == SendmailWords.ok)
      try await eventually("the end of the daemon") { !daemon.isRunning(pid) }
      #expect(daemon.log.contains("could not restart: need full path"), "\(daemon.log)")
      #expect(daemon.socketIdentity() != nil, "a dead socket is left")
      #expect(throws: HarnessError.self) { try daemon.connect() }
    }
  }

  @Test("An ordinary user's daemon works as root's does")

  func anOrdinaryUserSDaemonWorks()
    async throws
  {
    var options = RealDaemon.Options()
    options.asOrdinaryUser = true
    try await RealDaemon.run(options) { daemon in
      #expect(daemon.user.userID != 0 || !SystemUser.isRoot)
      let peer = try daemon.connect().peer
      #expect(peer.pid == (try daemon.pid))
      #expect(peer.userID == daemon.user.userID)
      _ = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
    }
  }
}
