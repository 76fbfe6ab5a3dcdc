// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// The same bytes go to the real daemon and to ours in the same state, and the same bytes come back,
/// but for numbers that must differ.
@Suite("Twins: the real daemon and ControlDaemon", .needsRealSendmail)
struct TwinTests {
  typealias Mode = RealDaemon.Options.Mode

  /// All but restart and shutdown, in every shape that was ever recorded.
  static let requests: [TwinRequest] = [
    TwinRequest("help\n"), TwinRequest("status\n"), TwinRequest("mstat\n"),
    TwinRequest("memdump\n"),
    TwinRequest("HELP\n"), TwinRequest("StAtUs\n"), TwinRequest("MsTaT\r\n"),
    TwinRequest("MEMDUMP x y\n"),
    TwinRequest("\n"), TwinRequest("\r\n"), TwinRequest("   \n"), TwinRequest("bogus\n"),
    TwinRequest("stat\n"),
    TwinRequest("statusx\n"), TwinRequest("   \t status\n"), TwinRequest("\u{B}\u{C}status\n"),
    TwinRequest("status foo bar\n"), TwinRequest("status\rx\n"), TwinRequest("%s%n%d\n"),
    TwinRequest("\u{1}\u{2}\u{1B}\n"), TwinRequest("sta\0tus\n"), TwinRequest("status\0x\n"),
    TwinRequest("\0status\n"),
    TwinRequest(bytes: Array("st".utf8) + [0xE4, 0xFF] + Array("s\n".utf8)),
    TwinRequest("bogus1\nstatus\n"), TwinRequest("status", finishes: true),
    TwinRequest("status\r", finishes: true), TwinRequest("", finishes: true),
    TwinRequest("bogus", finishes: true), TwinRequest("status\n", finishes: true),
    TwinRequest(String(repeating: "x", count: 2045) + "\n"),
    TwinRequest(String(repeating: "x", count: 2046) + "\n"),
    TwinRequest(String(repeating: "x", count: 2047) + "\n"),
    TwinRequest(String(repeating: "x", count: 2048) + "\n"),
    TwinRequest(String(repeating: "x", count: 3000) + "\n"),
    TwinRequest(String(repeating: " ", count: 2100) + "status\n"),
    TwinRequest("status" + String(repeating: " ", count: 3000) + "\n"),
  ]

  /// Sends `request` to both, and expects the same of both.
  private func compare(_ request: TwinRequest, _ twins: Twins) async throws {
    let difference = try await twins.difference(request)
    #expect(difference == nil)
  }

  /// Sends `request` to both until the same comes back: the control child of the request before keeps its
  /// slot until the real daemon has reaped it, and the next one gets a later slot.
  private func compareOnceSettled(_ request: TwinRequest, _ twins: Twins) async throws {
    var difference = try await twins.difference(request)
    for _ in 0..<200 where difference != nil { difference = try await twins.difference(request) }
    #expect(difference == nil)
  }

  @Test("An idle daemon, every request", arguments: Mode.allCases)
  func idle(mode: Mode) async throws {
    try await Twins.run(.init(mode: mode)) { twins in
      for request in Self.requests { try await compare(request, twins) }
    }
  }

  @Test("Open SMTP sessions, and a slot that is used again", arguments: Mode.allCases)
  func sessions(mode: Mode) async throws {
    try await Twins.run(.init(mode: mode)) { twins in
      var sessions: [SMTPSession] = []
      for pid in Int32(1001)...1003 {
        sessions.append(try await twins.real.openSMTPSession())
        twins.scratch.daemon.update {
          $0.processes.enter(.smtpServer(pid: pid, peer: "127.0.0.1"))
        }
      }
      try await settle(twins.real, children: 3)
      for command in ["status\n", "mstat\n"] {
        try await compareOnceSettled(TwinRequest(command), twins)
      }
      sessions.removeFirst().close()
      twins.scratch.daemon.update { $0.processes.leave(pid: 1001) }
      try await settle(twins.real, children: 2)
      try await compareOnceSettled(TwinRequest("status\n"), twins)
      withExtendedLifetime(sessions) {}
    }
  }

  @Test("A limit that is reached")
  func limit() async throws {
    var options = RealDaemon.Options()
    options.settings["MaxDaemonChildren"] = "2"
    try await Twins.run(options) {
      $0.maximumChildren = 2
    } body: { twins in
      let sessions = [
        try await twins.real.openSMTPSession(), try await twins.real.openSMTPSession(),
      ]
      twins.scratch.daemon.update { state in
        for pid in Int32(1001)...1002 {
          state.processes.enter(.smtpServer(pid: pid, peer: "127.0.0.1"))
        }
      }
      // The number of children in the title hangs on how many control children were unreaped.
      for socket in twins.sockets {
        try await eventually("the refusal at \(socket)") {
          let reply = try await RawControlClient.exchange(socket, Array("status\n".utf8))
          let status = try StatusReply(parsing: reply.bytes)
          #expect(status.maximumChildren == 2)
          return status.processes.contains { process in
            guard
              case .rejectingConnections(let name, let reason) =
                DaemonCondition(title: process.text)
            else { return false }
            return name == "MTA" && reason.description.hasSuffix(" children, max 2")
          }
        }
      }
      withExtendedLifetime(sessions) {}
    }
  }

  @Test("No help, help without the topic", arguments: Mode.allCases)
  func help(mode: Mode) async throws {
    for text in [nil, "#vers\t2\nother\tnothing here\n"] as [String?] {
      try await withTemporaryDirectory { directory in
        var options = RealDaemon.Options(mode: mode)
        options.settings["HelpFile"] = directory["help"].string
        if let text { try directory.write(text, to: "help") }
        try await Twins.run(options) {
          $0.help = text.map { HelpFile(text: Array($0.utf8)) }
        } body: { twins in
          try await compare(TwinRequest("help\n"), twins)
        }
      }
    }
  }

  @Test("Queue directories and their counts")
  func queues() async throws {
    var options = RealDaemon.Options()
    options.sharesMemory = true
    options.queueDirectory = "mq/q1"
    options.queueDirectories = ["q1"]
    try await Twins.run(options) { twins in
      let name = ByteText("\(twins.real.places.queue.string)/q1")
      twins.scratch.daemon.update { $0.queueCounts = [QueueCount(name: name, count: -1)] }
      try await compare(TwinRequest("mstat\n"), twins)
      #expect(try await twins.real.runSendmail(["-q"]).status == 0)
      try await eventually("the queue is counted") {
        let reply = try await twins.real.reply(to: "mstat")
        return try MstatReply(parsing: reply.bytes).queues.first?.count == 0
      }
      twins.scratch.daemon.update { $0.queueCounts = [QueueCount(name: name, count: 0)] }
      try await compare(TwinRequest("mstat\n"), twins)
    }
  }

  @Test("Restart and shutdown are acknowledged alike", arguments: Mode.allCases)
  func acknowledgements(mode: Mode) async throws {
    try await Twins.run(.init(mode: mode)) { twins in
      let before = twins.sockets.map { SocketIdentity($0) }
      try await compare(TwinRequest("RESTART\n"), twins)
      try await twins.waitForRestart(from: before)
      try await compare(TwinRequest("status\n"), twins)
      try await compare(TwinRequest("shutdown\n"), twins)
      try await twins.waitForEnd()
    }
  }

  /// Waits until `real` lists this many SMTP children.
  private func settle(_ real: RealDaemon, children: Int) async throws {
    try await eventually("\(children) SMTP children") {
      try StatusReply(parsing: try await real.reply(to: "status").bytes).processes
        .count { ChildKind(text: $0.text).peer != nil } == children
    }
  }
}
