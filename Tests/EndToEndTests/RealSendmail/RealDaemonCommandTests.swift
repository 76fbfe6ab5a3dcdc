// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

/// The replies of a real daemon to each command, in both modes.
@Suite("Real daemon: commands", .needsRealSendmail)
struct RealDaemonCommandTests {
  typealias Mode = RealDaemon.Options.Mode

  @Test("Status is understood and written back byte for byte", arguments: Mode.allCases)
  func statusIsUnderstoodAndWrittenBack(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let reply = try await daemon.reply(to: "status")
      #expect(reply.ending == .endOfFile)
      let status = try StatusReply(parsing: reply.bytes)
      #expect(status.maximumChildren == 0)
      #expect(status.freeSpace > 0)
      #expect(status.loadAverage >= 0)
      #expect(status.processes.contains { $0.text == "console socket child" })
      #expect(status.bytes == reply.bytes)
    }
  }

  @Test("Mstat is understood and written back byte for byte", arguments: Mode.allCases)
  func mstatIsUnderstoodAndWrittenBack(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let reply = try await daemon.reply(to: "mstat")
      #expect(reply.ending == .endOfFile)
      let mstat = try MstatReply(parsing: reply.bytes)
      #expect(mstat.maximumChildren == 0)
      #expect(mstat.queues == [.notConfigured])
      #expect(mstat.fileSystems.map(\.name) == ["."])
      #expect(mstat.bytes == reply.bytes)
    }
  }

  @Test("Help has codes and CRLF from a daemon in the foreground")

  func helpHasCodesAndCRLF()
    async throws
  {
    try await RealDaemon.run(.init(mode: .foreground)) { daemon in
      let help = try await daemon.reply(to: "help").text
      #expect(help.hasPrefix("214-2.0.0 Help for smcontrol:\r\n"), "\(help)")
      #expect(help.hasSuffix("\r\n214 2.0.0 End of HELP info\r\n"), "\(help)")
    }
  }

  @Test("Help has neither codes nor CR from a detached daemon")

  func helpHasNeitherCodesNorCR()
    async throws
  {
    try await RealDaemon.run(.init(mode: .background)) { daemon in
      let help = try await daemon.reply(to: "help").text
      #expect(help.hasPrefix("Help for smcontrol:\n"), "\(help)")
      #expect(help.hasSuffix("\nEnd of HELP info\n"), "\(help)")
      #expect(!help.utf8.contains(ASCII.carriageReturn))
    }
  }

  @Test("Help without a help file is refused with the version")

  func helpWithoutAHelpFile()
    async throws
  {
    var options = RealDaemon.Options()
    options.settings["HelpFile"] = "/nonexistent/helpfile"
    try await RealDaemon.run(options) { daemon in
      let help = try await daemon.reply(to: "help").text
      #expect(help.hasPrefix("502 5.3.0 Sendmail "), "\(help)")
      #expect(help.hasSuffix(" -- HELP not implemented\r\n"), "\(help)")
    }
  }

  @Test("Memdump is refused", arguments: Mode.allCases)
  func memdumpIsNotToBeHad(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let reply = try await daemon.reply(to: "memdump")
      #expect(reply.bytes == SendmailWords.noMemoryDump)
    }
  }

  @Test("Memdump tells of the heap when the daemon checks it")

  func memdumpTellsOfTheHeapWhen()
    async throws
  {
    var options = RealDaemon.Options()
    options.arguments = ["-dsm_check_heap.4"]
    try await RealDaemon.run(options) { daemon in
      let report = try await daemon.reply(to: "memdump").text
      #expect(report.contains("\nheap max="), "\(report.suffix(200))")
      #expect(!report.utf8.contains(ASCII.carriageReturn))
    }
  }

  @Test("Shutdown is acknowledged and carried out", arguments: Mode.allCases)
  func shutdownPromisesOKAndKeeps(mode: Mode) async throws {
    try await RealDaemon.run(.init(mode: mode)) { daemon in
      let pid = try daemon.pid
      let reply = try await daemon.reply(to: "shutdown")
      #expect(reply == RawReply(bytes: SendmailWords.ok, ending: .endOfFile))
      try await eventually("the end of the daemon") { !daemon.isRunning(pid) }
      #expect(daemon.socketIdentity() == nil, "the socket is removed")
      #expect(throws: HarnessError.self, "the PID file is removed") { try daemon.pid }
    }
  }
}
