// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// smcontrol's queries of a real daemon.
@Suite("smcontrol on the real daemon: status", .needsRealSendmail)
struct RealStatusTests {
  typealias Mode = RealDaemon.Options.Mode

  @Test("Every command is answered", arguments: Mode.allCases)
  func commands(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      for command in [["status"], ["mstat"], ["help", "--daemon"]] {
        for format in OutputFormat.ofReply {
          let outcome = try await SMControlRun.run(
            ["-f", daemon.controlSocket.string, "--format", format.rawValue] + command)
          #expect(outcome.status == 0, "\(command) \(format): \(outcome.errorOutput)")
          #expect(!outcome.output.isEmpty)
          #expect(outcome.errorOutput == "")
        }
      }
      let memdump = try await daemon.smcontrol("memdump")
      #expect(memdump.status == 1)
      #expect(memdump.output.hasPrefix("Memory dump unavailable.\n"))
      let unknown = try await daemon.smcontrol("send", "bogus")
      #expect(unknown.status == 1)
      #expect(unknown.output == "Bad command (bogus)\n\n")
    }
  }

  @Test("The daemon is named by its process id, not by its place in the list")
  func daemonLine() async throws {
    var options = RealDaemon.Options()
    options.arguments = ["-qp1h"]
    try await RealDaemon.run(options) { daemon in
      let pid = try daemon.pid
      try await eventually("the queue runner is listed") {
        let outcome = try await daemon.smcontrol("status")
        #expect(outcome.output.hasPrefix("Daemon Status: (process \(pid)) Accepting connections\n"))
        return outcome.output.contains(" Status: Queue runner\n")
      }
    }
  }

  @Test("Open SMTP sessions are listed with their kind and peer")
  func sessions() async throws {
    try await RealDaemon.run { daemon in
      let sessions = [try await daemon.openSMTPSession(), try await daemon.openSMTPSession()]
      let outcome = try await daemon.smcontrol("status", "--format", "json")
      let status = try StatusMembers(outcome)
      #expect(status.daemonPID == (try daemon.pid))
      #expect(status.daemonState == "accepting")
      #expect(status.childCount == 2)
      #expect(status.kinds.count { $0 == "smtp-server" } == 2)
      #expect(status.peers.filter { $0 == "127.0.0.1" }.count == 2)
      #expect(status.warnings.isEmpty)
      withExtendedLifetime(sessions) {}
    }
  }

  @Test(
    "At MaxDaemonChildren the refusal and the limit are reported, with a warning about the query")
  func limit() async throws {
    var options = RealDaemon.Options()
    options.settings["MaxDaemonChildren"] = "2"
    try await RealDaemon.run(options) { daemon in
      let sessions = [try await daemon.openSMTPSession(), try await daemon.openSMTPSession()]
      let outcome = try await eventually("the refusal") { () -> ProcessOutcome? in
        let outcome = try await daemon.smcontrol("status")
        return outcome.output.contains("Rejecting connections on daemon MTA: ") ? outcome : nil
      }
      #expect(outcome.status == 0)
      #expect(outcome.output.contains(" (maximum 2)\n"))
      #expect(
        outcome.errorOutput.hasPrefix("smcontrol: warning: sendmail counts a query as a child"))
      withExtendedLifetime(sessions) {}
    }
  }

  @Test("The passive status opens no connection, and shows the daemon and its children")
  func passive() async throws {
    try await RealDaemon.run { daemon in
      let session = try await daemon.openSMTPSession()
      let outcome = try await SMControlRun.run(
        ["-C", daemon.places.configurationFile.string, "status", "--passive", "--format", "json"])
      #expect(outcome.status == 0)
      let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
      let members = try #require(object as? [String: Any])
      #expect(members["schema"] as? String == "smcontrol.passive/1")
      #expect(members["alive"] as? Bool == true)
      let shown = try #require(members["daemon"] as? [String: Any])
      #expect(shown["pid"] as? Int == Int(try daemon.pid))
      #expect(shown["title"] as? String == "accepting connections")
      let socket = try #require(members["socketFile"] as? [String: Any])
      #expect(socket["hasListener"] as? Bool == true)
      if KernelSockets.areTold { #expect(socket["waitingConnections"] as? Int == 0) }
      let children = try #require(members["processes"] as? [[String: Any]])
      #expect(children.contains { ($0["title"] as? String)?.contains("127.0.0.1") == true })

      // The first connection that the daemon sees is this one: no control child is left of a query.
      let status = try StatusReply(parsing: try await daemon.reply(to: "status").bytes)
      #expect(!status.processes.contains { $0.text.elementsEqual(SendmailWords.control) })
      withExtendedLifetime(session) {}
    }
  }

  @Test("A daemon that was killed is recognized by its PID file, its socket, and its port")
  func killed() async throws {
    try await RealDaemon.run { daemon in
      let pid = try daemon.pid
      kill(pid, SIGKILL)
      try await eventually("the daemon is gone") { !daemon.isRunning(pid) }
      let outcome = try await SMControlRun.run(
        ["-C", daemon.places.configurationFile.string, "status"])
      #expect(outcome.status == 69)
      #expect(outcome.output == "Daemon Status: Sendmail does not appear to be running.\n")
      #expect(outcome.errorOutput.contains("no listener: left over from a daemon that has exited"))
      #expect(outcome.errorOutput.contains("process \(pid), not running"))
      #expect(outcome.errorOutput.contains("port \(daemon.places.smtpPort)) is closed"))
    }
  }

  @Test("A daemon that is stopped listens and is silent, and its port is left alone")
  func stopped() async throws {
    try await RealDaemon.run { daemon in
      let pid = try daemon.pid
      kill(pid, SIGSTOP)
      defer { kill(pid, SIGCONT) }
      let outcome = try await SMControlRun.run(
        ["-C", daemon.places.configurationFile.string, "--timeout", "0.5", "status"])
      #expect(outcome.status == 75)
      #expect(
        outcome.output == "Daemon Status: Sendmail is running but not answering status queries.\n")
      #expect(outcome.errorOutput.contains("did not answer within 0.5 s"))
      #expect(outcome.errorOutput.contains("process \(pid), running"))
      #expect(!outcome.errorOutput.contains("SMTP port"))
      guard KernelSockets.areTold else { return }
      #expect(
        outcome.errorOutput.contains("1 connection is waiting: the daemon is not accepting"))
      let passive = try await SMControlRun.run(
        ["-C", daemon.places.configurationFile.string, "status", "--passive"])
      #expect(passive.output.contains(", listening, 1 connection waiting"))
    }
  }

  @Test("An ordinary user's daemon is asked by its user, and refuses no one else")
  func ordinaryUser() async throws {
    var options = RealDaemon.Options()
    options.asOrdinaryUser = true
    try await RealDaemon.run(options) { daemon in
      let outcome = try await SMControlRun.run(
        ["-f", daemon.controlSocket.string, "status"], user: daemon.user)
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      #expect(outcome.output.hasPrefix("Daemon Status: (process \(try daemon.pid)) "))
    }
  }

  @Test(
    "Root's daemon refuses an ordinary user, and the reason is reported",
    .enabled(if: SystemUser.isRoot, "needs root, to be another user"))
  func noPermission() async throws {
    try await RealDaemon.run { daemon in
      let outcome = try await SMControlRun.run(
        ["-f", daemon.controlSocket.string, "status"], user: try .ordinary())
      #expect(outcome.status == 77)
      #expect(outcome.errorOutput.contains("no permission to connect"))
      #expect(outcome.errorOutput.contains("you are nobody"))
      let unreadable = daemon.places.directory.appending("unreadable.cf")
      #expect(
        FileManager.default.createFile(
          atPath: unreadable.string, contents: nil, attributes: [.posixPermissions: 0o600]))
      let configuration = try await SMControlRun.run(
        ["-C", unreadable.string, "status"], user: try .ordinary())
      #expect(configuration.status == 66)
      #expect(configuration.errorOutput.contains("Permission denied"))
    }
  }
}
