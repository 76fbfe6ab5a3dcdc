// SPDX-License-Identifier: GPL-3.0-or-later

import ControlDaemon
import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// The same bytes go to the real daemon and to ours in the same state, and the same bytes come back,
/// but for numbers that must differ.
@Suite("Twins: the real daemon and ControlDaemon", .needsRealSendmail)
struct TwinTests {
  typealias Mode = RealDaemon.Options.Mode

  /// A request and whether the client says that nothing more comes.
  struct Request: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    var finishes = false
    var testDescription: String {
      HarmlessText.make(bytes.prefix(40)) + (finishes ? " and an end" : "")
    }
    init(_ text: String, finishes: Bool = false) {
      self.init(bytes: Array(text.utf8), finishes: finishes)
    }
    init(bytes: [UInt8], finishes: Bool = false) {
      self.bytes = bytes
      self.finishes = finishes
    }
  }

  /// All but restart and shutdown, in every shape that was ever recorded.
  static let requests: [Request] = [
    Request("help\n"), Request("status\n"), Request("mstat\n"), Request("memdump\n"),
    Request("HELP\n"), Request("StAtUs\n"), Request("MsTaT\r\n"), Request("MEMDUMP x y\n"),
    Request("\n"), Request("\r\n"), Request("   \n"), Request("bogus\n"), Request("stat\n"),
    Request("statusx\n"), Request("   \t status\n"), Request("\u{B}\u{C}status\n"),
    Request("status foo bar\n"), Request("status\rx\n"), Request("%s%n%d\n"),
    Request("\u{1}\u{2}\u{1B}\n"), Request("sta\0tus\n"), Request("status\0x\n"),
    Request("\0status\n"), Request(bytes: Array("st".utf8) + [0xE4, 0xFF] + Array("s\n".utf8)),
    Request("bogus1\nstatus\n"), Request("status", finishes: true),
    Request("status\r", finishes: true), Request("", finishes: true),
    Request("bogus", finishes: true), Request("status\n", finishes: true),
    Request(String(repeating: "x", count: 2045) + "\n"),
    Request(String(repeating: "x", count: 2046) + "\n"),
    Request(String(repeating: "x", count: 2047) + "\n"),
    Request(String(repeating: "x", count: 2048) + "\n"),
    Request(String(repeating: "x", count: 3000) + "\n"),
    Request(String(repeating: " ", count: 2100) + "status\n"),
    Request("status" + String(repeating: " ", count: 3000) + "\n"),
  ]

  /// Sends `request` to both, and expects the same of both.
  private func compare(
    _ request: Request, _ real: RealDaemon, _ scratch: ScratchDaemon
  ) async throws {
    let one = try await RawControlClient.exchange(
      real.controlSocket, request.bytes, halfClose: request.finishes)
    let other = try await RawControlClient.exchange(
      scratch.socket, request.bytes, halfClose: request.finishes)
    #expect(
      MaskedReply.make(one.bytes) == MaskedReply.make(other.bytes), "\(request.testDescription)")
    // The mask reads and writes lines, so their ends are looked at by themselves.
    #expect(one.bytes.contains(0x0D) == other.bytes.contains(0x0D), "\(request.testDescription)")
    #expect(one.ending == other.ending, "\(request.testDescription)")
  }

  /// Gives our daemon the mode, the version and the help of the real one.
  private func adopt(_ real: RealDaemon, _ configuration: inout DaemonConfiguration) {
    configuration.state.mode = real.options.mode == .background ? .background : .foreground
    let help = FileManager.default.contents(atPath: real.places.helpFile.string)
    configuration.state.help = help.map { HelpFile(text: Array($0)) }
    configuration.state.fileSystems = [
      FileSystemSpace(index: 0, name: [UInt8(ascii: ".")], freeSpace: 1)
    ]
  }

  @Test("An idle daemon, every request", arguments: Mode.allCases)
  func idle(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { real in
      try await ScratchDaemon.run({ adopt(real, &$0) }) { scratch in
        for request in Self.requests { try await compare(request, real, scratch) }
      }
    }
  }

  @Test("Open SMTP sessions, and a slot that is used again", arguments: Mode.allCases)
  func sessions(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { real in
      try await ScratchDaemon.run({ adopt(real, &$0) }) { scratch in
        var sessions: [SMTPSession] = []
        for pid in Int32(1001)...1003 {
          sessions.append(try await real.openSMTPSession())
          scratch.daemon.update { $0.processes.enter(.smtpServer(pid: pid, peer: "127.0.0.1")) }
        }
        try await settle(real, children: 3)
        for command in ["status\n", "mstat\n"] {
          try await compare(Request(command), real, scratch)
        }
        sessions.removeFirst().close()
        scratch.daemon.update { $0.processes.leave(pid: 1001) }
        try await settle(real, children: 2)
        try await compare(Request("status\n"), real, scratch)
        withExtendedLifetime(sessions) {}
      }
    }
  }

  @Test("A limit that is reached")
  func limit() async throws {
    var options = RealDaemon.Options()
    options.settings["MaxDaemonChildren"] = "2"
    try await RealDaemon.run(options) { real in
      try await ScratchDaemon.run({
        adopt(real, &$0)
        $0.state.maximumChildren = 2
      }) { scratch in
        let sessions = [try await real.openSMTPSession(), try await real.openSMTPSession()]
        scratch.daemon.update { state in
          for pid in Int32(1001)...1002 {
            state.processes.enter(.smtpServer(pid: pid, peer: "127.0.0.1"))
          }
        }
        // The number of children in the title hangs on how many control children were unreaped.
        for socket in [real.controlSocket, scratch.socket] {
          try await eventually("the refusal at \(socket)") {
            let reply = try await RawControlClient.exchange(socket, Array("status\n".utf8))
            let status = try StatusReply(parsing: reply.bytes)
            #expect(status.maximumChildren == 2)
            return status.processes.contains { process in
              guard
                case .rejectingConnections(let name, let reason) =
                  DaemonCondition(title: process.text)
              else { return false }
              return name == Array("MTA".utf8)
                && String(decoding: reason, as: UTF8.self).hasSuffix(" children, max 2")
            }
          }
        }
        withExtendedLifetime(sessions) {}
      }
    }
  }

  @Test("No help, help without the topic", arguments: Mode.allCases)
  func help(mode: Mode) async throws {
    for text in [nil, "#vers\t2\nother\tnothing here\n"] as [String?] {
      try await withTemporaryDirectory { directory in
        var options = RealDaemon.Options(mode: mode)
        options.settings["HelpFile"] = directory["help"].string
        if let text { try directory.write(text, to: "help") }
        try await RealDaemon.run(options) { real in
          try await ScratchDaemon.run({
            adopt(real, &$0)
            $0.state.help = text.map { HelpFile(text: Array($0.utf8)) }
          }) { scratch in
            try await compare(Request("help\n"), real, scratch)
          }
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
    try await RealDaemon.run(options) { real in
      let name = Array("\(real.places.queue.string)/q1".utf8)
      try await ScratchDaemon.run({
        adopt(real, &$0)
        $0.state.queues = [QueueCount(name: name, count: -1)]
      }) { scratch in
        try await compare(Request("mstat\n"), real, scratch)
        #expect(try await real.runSendmail(["-q"]).status == 0)
        try await eventually("the queue is counted") {
          try MstatReply(parsing: try await real.reply(to: "mstat").bytes).queues.first?.count == 0
        }
        scratch.daemon.update { $0.queues = [QueueCount(name: name, count: 0)] }
        try await compare(Request("mstat\n"), real, scratch)
      }
    }
  }

  @Test("What is promised: restart and shutdown", arguments: Mode.allCases)
  func promises(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { real in
      try await ScratchDaemon.run({ adopt(real, &$0) }) { scratch in
        let sockets = [real.controlSocket, scratch.socket]
        let before = sockets.map { SocketIdentity($0) }
        try await compare(Request("RESTART\n"), real, scratch)
        for (socket, old) in zip(sockets, before) {
          try await eventually("a new socket at \(socket)") {
            let new = SocketIdentity(socket)
            return new != nil && new != old
          }
          try await eventually("a listener at \(socket)") {
            (try? await RawControlClient.exchange(socket, Array("status\n".utf8)))?.bytes.isEmpty
              == false
          }
        }
        try await compare(Request("status\n"), real, scratch)
        try await compare(Request("shutdown\n"), real, scratch)
        for socket in sockets {
          try await eventually("no socket at \(socket)") { SocketIdentity(socket) == nil }
        }
      }
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
