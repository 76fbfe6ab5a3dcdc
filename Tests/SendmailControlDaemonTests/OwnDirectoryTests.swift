// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// A daemon that is given nothing, as tests of other programs start it.
@Suite(.timeLimit(.minutes(5))) struct OwnDirectoryTests {
  @Test("Without a configuration it has a place of its own, which goes with it")
  func withoutAConfiguration() async throws {
    let directory = try await withControlDaemon { daemon in
      #expect(try await daemon.ask("bogus\n").text == "Bad command (bogus)\r\n")
      #expect(daemon.socketPath.length <= 107)
      let directory = daemon.socketPath.removingLastComponent()
      #expect(daemon.configurationFile.removingLastComponent() == directory)
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.string)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.string)
      #expect(names.sorted() == ["control", "sendmail.cf", "sendmail.pid"])
      return directory
    }
    #expect(!FileManager.default.fileExists(atPath: directory.string))
  }

  @Test("The configuration file names socket, PID file and limit")
  func theConfigurationFileNamesSocketPID() async throws {
    try await withTemporaryDirectory { directory in
      var configuration = DaemonConfiguration(socketPath: directory["mine"])
      configuration.state.maximumChildren = 7
      try await withControlDaemon(configuration) { daemon in
        let text = try String(contentsOfFile: daemon.configurationFile.string, encoding: .utf8)
        let parsed = SendmailConfiguration(
          parsing: Array(text.utf8), file: daemon.configurationFile.string)
        #expect(parsed.controlSocket.path?.isAbsolute == true)
        #expect(text.contains("O ControlSocketName=\(directory["mine"])\n"))
        #expect(parsed.maximumDaemonChildren == 7)
        #expect(parsed.startup(with: nil, as: .reader).exitStatus == nil)
        let pidFile = "\(parsed.pidFile)"
        let process = try String(contentsOfFile: pidFile, encoding: .utf8)
        #expect(process.hasPrefix("\(daemon.state.processID)\n"))
      }
      #expect(!FileManager.default.fileExists(atPath: directory["mine"].string))
    }
  }

  @Test("A daemon that is released ends and leaves nothing")

  func aDaemonThatIsReleasedEnds()
    async throws
  {
    var daemon: ControlDaemon? = try await ControlDaemon.start()
    let socket = try #require(daemon?.socketPath)
    let events = try #require(daemon?.events)
    daemon = nil
    // The events end when it has ended.
    let stops = await events.reduce(into: [DaemonEvent.StopReason]()) { stops, event in
      if case .stopped(let reason) = event { stops.append(reason) }
    }
    #expect(stops == [.call])
    try await eventually("the directory is gone") {
      !FileManager.default.fileExists(atPath: socket.removingLastComponent().string)
    }
  }

  @Test("A start that fails leaves no directory")

  func aStartThatFailsLeaves() async throws {
    try await withTemporaryDirectory { directory in
      let file = try directory.write("precious", to: "file")
      let error = await #expect(throws: DaemonError.self) {
        try await ControlDaemon.start(DaemonConfiguration(socketPath: file))
      }
      #expect(error?.code == .notASocket)
      #expect(error?.path == file)
    }
  }

  // MARK: Children

  @Test("Children have process IDs of their own")

  func childrenHaveProcessIDs() async throws {
    try await withControlDaemon { daemon in
      let first = daemon.update { $0.addChild(.smtpServer(peer: "192.0.2.1")) }
      let second = daemon.update { $0.addChild(.queueRunner) }
      #expect(Set([first, second, daemon.state.processID]).count == 3)
      daemon.update { state in
        state.addChild(.other("odd\r\nstatus"), processID: 4711)
        state.removeChild(first)
      }
      #expect(
        daemon.state.children == [
          .init(id: second, kind: .queueRunner), .init(id: 4711, kind: .other("odd??status")),
        ])
      daemon.update { $0.addChild(.smtpServer(peer: "192.0.2.2"), processID: 4711) }
      #expect(
        daemon.state.children.filter { $0.id == 4711 }.map(\.kind)
          == [.smtpServer(peer: "192.0.2.2")])
      let texts = try await daemon.processTexts()
      #expect(
        texts == [
          "accepting connections", "SMTP server child for 192.0.2.2", "Queue runner",
          "console socket child",
        ])
      daemon.update { $0.removeChild($0.processID) }
      #expect(daemon.state.processID != 0)
    }
  }

  @Test("Process IDs of children start again from the bottom")

  func processIDsOfChildrenStartAgain() {
    var state = DaemonState(processID: 4_194_303)
    #expect(state.addChild(.queueRunner) == 300)
    #expect(state.addChild(.queueRunner) == 301)
  }

  @Test("Queues are those of mstat")

  func queuesAreThoseOfMstat() async throws {
    try await withControlDaemon { daemon in
      #expect(daemon.state.queues == nil)
      daemon.update { state in
        state.queues = [
          .init(directory: "/var/spool/mqueue", messages: 3), .init(directory: "/q", messages: nil),
        ]
      }
      let mstat = try MstatReply(parsing: await daemon.ask("mstat\n").bytes)
      #expect(mstat.queues.map(\.count) == [3, -1])
      #expect(daemon.state.queues?.map(\.messages) == [3, nil])
      daemon.update { $0.queues = nil }
      #expect(daemon.state.queueCounts == [.notConfigured])
    }
  }

  // MARK: Waiting

  @Test("Requests are returned in turn, and none twice")

  func requestsAreReturnedInTurn()
    async throws
  {
    try await withControlDaemon { daemon in
      for word in ["status", "help", "bogus"] { _ = try await daemon.ask("\(word)\n") }
      #expect(try await daemon.nextRequest().command == .status)
      #expect(try await daemon.nextRequest().command == .help)
      let last = try await daemon.nextRequest()
      #expect(last.command == nil)
      #expect(last.bytes == Array("bogus\n".utf8))
      let error = await #expect(throws: DaemonError.self) {
        try await daemon.nextRequest(within: .milliseconds(1))
      }
      #expect(error?.code == .deadlinePassed)
      async let next = daemon.nextRequest(within: .seconds(120))
      _ = try await daemon.ask("mstat\n")
      #expect(try await next.command == .mstat)
    }
  }

  @Test("A wait ends in time, with the daemon, and with its task")

  func aWaitEndsInTime()
    async throws
  {
    let daemon = try await ControlDaemon.start()
    try await daemon.wait(for: .listening)
    let late = await #expect(throws: DaemonError.self) {
      try await daemon.wait(for: .restarting, within: .zero)
    }
    #expect(late?.code == .deadlinePassed)
    let waiting = Task { () -> DaemonError.Code? in
      do throws(DaemonError) {
        try await daemon.wait(for: .restarting, within: .seconds(3600))
        return nil
      } catch {
        return error.code
      }
    }
    waiting.cancel()
    #expect(await waiting.value == .cancelled)
    let ended = Task { () -> DaemonError.Code? in
      do throws(DaemonError) {
        try await daemon.wait(for: .restarting, within: .seconds(3600))
        return nil
      } catch {
        return error.code
      }
    }
    await daemon.shutdown()
    #expect(await ended.value == .ended)
  }

  @Test("An update returns what the change returns")

  func anUpdateReturnsWhatTheChange()
    async throws
  {
    try await withControlDaemon { daemon in
      #expect(daemon.update { $0.maximumChildren } == nil)
    }
  }
}
