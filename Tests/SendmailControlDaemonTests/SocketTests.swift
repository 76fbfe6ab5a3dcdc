// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// The socket's file: how it comes, what it replaces, how it goes.
@Suite(.timeLimit(.minutes(5))) struct SocketTests {
  let directory: SocketDirectory

  init() throws {
    directory = try SocketDirectory()
  }

  @Test(
    "The socket has the mode asked for and goes with the daemon",
    arguments: [0o600, 0o660] as [UInt32])
  func theSocketHasTheModeAsked(mode: UInt32) async throws {
    var configuration = directory.configuration()
    configuration.socketMode = FilePermissions(rawValue: mode)
    try await withControlDaemon(configuration) { daemon in
      let facts = try #require(directory.facts())
      #expect(facts.kind == .socket)
      #expect(UInt32(facts.mode) == mode)
      #expect(try StepwiseClient(daemon.socketPath).peerProcessID == daemon.state.processID)
    }
    #expect(directory.facts() == nil)
  }

  @Test("A file that sendmail would remove is removed")

  func whatSendmailWouldRemoveIsRemoved()
    async throws
  {
    let path = "\(directory.path)/ctl"
    #expect(
      FileManager.default.createFile(
        atPath: path, contents: Data("precious".utf8), attributes: [.posixPermissions: 0o644]))
    try await withControlDaemon(directory.configuration()) { daemon in
      #expect(directory.facts()?.kind == .socket)
    }
  }

  @Test("A file that is no socket is left alone unless sendmail's rules judge it")
  func aFileThatIsNoSocket()
    async throws
  {
    let path = "\(directory.path)/ctl"
    var configuration = directory.configuration()
    for makesFile in [
      { FileManager.default.createFile(atPath: path, contents: Data("precious".utf8)) },
      { unsafe mkfifo(path, 0o600) == 0 }, { unsafe mkdir(path, 0o700) == 0 },
      { unsafe symlink("/nonexistent", path) == 0 },
    ] {
      #expect(makesFile())
      let kind = directory.facts()?.kind
      for rules in [PathRules.off, configuration.pathRules] {
        configuration.pathRules = rules
        configuration.replacesFiles = rules == .off ? nil : false
        let error = await #expect(throws: DaemonError.self) {
          try await ControlDaemon.start(configuration)
        }
        // sendmail's rules are asked first, and refuse some of them.
        #expect(error?.code == .notASocket || rules != .off)
        #expect(directory.facts()?.kind == kind)
      }
      try FileManager.default.removeItem(atPath: path)
      configuration = directory.configuration()
    }
  }

  @Test("The socket of another daemon is taken over, and removed by the first")
  func theSocketOfAnotherDaemon() async throws {
    let first = try await ControlDaemon.start(directory.configuration())
    let waiting = try StepwiseClient(first.socketPath)
    let second = try await ControlDaemon.start(directory.configuration())
    #expect(try await second.ask("bogus\n").text == "Bad command (bogus)\r\n")
    let reply = try await waiting.onThread { client in
      try client.send(Array("a\n".utf8))
      return client.receive()
    }
    #expect(reply.text == "Bad command (a)\r\n")
    await first.shutdown()
    #expect(directory.facts() == nil)
    await second.shutdown()
  }

  /// Files that stand in the way, each with sendmail's words for it.
  static let obstacles: [(mode: Int, links: Bool, reason: String)] = [
    (0o755, false, "Executable files not allowed"), (0o600, true, "Hard links not allowed"),
    (0o400, false, "Permission denied"),
  ]

  @Test("An obstacle is left alone", arguments: obstacles)
  func anObstacleIsLeftAlone(_ obstacle: (mode: Int, links: Bool, reason: String))
    async throws
  {
    let path = "\(directory.path)/ctl"
    #expect(
      FileManager.default.createFile(
        atPath: path, contents: Data("precious".utf8),
        attributes: [.posixPermissions: obstacle.mode]))
    if obstacle.links {
      try FileManager.default.linkItem(atPath: path, toPath: path + "2")
    }
    let error = await #expect(throws: DaemonError.self) {
      try await ControlDaemon.start(directory.configuration())
    }
    #expect(error?.reason == obstacle.reason)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("precious".utf8))
  }

  @Test("An unsafe directory is refused and named")

  func anUnsafeDirectoryIsRefused() async throws {
    var configuration = directory.configuration()
    configuration.pathRules = .checked(by: PathSafetyRules())
    let error = await #expect(throws: DaemonError.self) {
      try await ControlDaemon.start(configuration)
    }
    #expect(error?.reason == "World writable directory")
    #expect(error?.description.contains("(at /tmp)") == true)
    configuration.pathRules = .off
    try await withControlDaemon(configuration) { daemon in
      let reply = try await daemon.ask("\n")
      #expect(reply.text == "Bad command ()\r\n")
    }
  }

  @Test("107 bytes are a path, 108 are not")

  func with107BytesAreAPath108() async throws {
    let stem = "\(directory.path)/"
    let name = String(repeating: "c", count: 107 - stem.utf8.count)
    try await withControlDaemon(directory.configuration(name)) { daemon in
      #expect(daemon.socketPath.length == 107)
      let reply = try await daemon.ask("\n")
      #expect(reply.end == .endOfFile)
    }
    for rules in [directory.configuration().pathRules, .off] {
      var configuration = directory.configuration(name + "c")
      configuration.pathRules = rules
      let error = await #expect(throws: DaemonError.self) {
        try await ControlDaemon.start(configuration)
      }
      #expect(error?.reason == "File name too long")
    }
  }

  @Test("A socket whose path has become unsafe stays")

  func aSocketWhosePathHasBecome() async throws {
    let daemon = try await ControlDaemon.start(directory.configuration())
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(directory.path)/ctl")
    await daemon.shutdown()
    #expect(directory.facts()?.kind == .socket)
  }

  @Test("After a crash the file stays, without a listener")

  func afterACrashTheFileStays()
    async throws
  {
    var configuration = directory.configuration()
    configuration.pidFile = FilePath("\(directory.path)/pid")
    let daemon = try await ControlDaemon.start(configuration)
    await daemon.crash()
    #expect(directory.facts()?.kind == .socket)
    #expect(directory.facts("pid") != nil)
    #expect(throws: StepwiseClient.Failure(call: "connect", errno: ECONNREFUSED)) {
      try StepwiseClient(#require(configuration.socketPath))
    }
    await daemon.shutdown()
    #expect(directory.facts()?.kind == .socket)
    // The next daemon takes the place, the PID file included.
    try await withControlDaemon(configuration) { _ in }
    #expect(directory.facts("pid") == nil)
  }

  @Test("The PID file tells process and command line, and is locked")

  func thePIDFileTellsProcess()
    async throws
  {
    var configuration = directory.configuration()
    configuration.pidFile = FilePath("\(directory.path)/pid")
    configuration.commandLine = ["/usr/sbin/sendmail", "-bD", "-q1h"]
    configuration.state.processID = 4711
    try await withControlDaemon(configuration) { daemon in
      let text = try String(contentsOfFile: "\(directory.path)/pid", encoding: .utf8)
      #expect(text == "4711\n/usr/sbin/sendmail -bD -q1h\n")
      #expect(directory.facts("pid")?.mode == 0o600)
      var other = directory.configuration("ctl2")
      other.pidFile = configuration.pidFile
      let error = await #expect(throws: DaemonError.self) {
        try await ControlDaemon.start(other)
      }
      #expect(error?.code == .pidFileLocked)
      #expect(directory.facts("ctl2") == nil)
    }
    #expect(directory.facts("pid") == nil)
  }

  @Test("A second daemon on the same PID file leaves the first one's socket alone")
  func aSecondDaemonOnTheSame()
    async throws
  {
    var configuration = directory.configuration()
    configuration.pidFile = FilePath("\(directory.path)/pid")
    try await withControlDaemon(configuration) { daemon in
      let error = await #expect(throws: DaemonError.self) {
        try await ControlDaemon.start(configuration)
      }
      #expect(error?.code == .pidFileLocked)
      let reply = try await daemon.ask("a\n")
      #expect(reply.text == "Bad command (a)\r\n")
      #expect(directory.facts("pid") != nil)
    }
  }

  @Test("A daemon that cannot start leaves no PID file of its own")
  func aDaemonThatCannotStartLeaves() async throws {
    var configuration = directory.configuration()
    configuration.socketPath = FilePath(
      "\(directory.path)/\(String(repeating: "l", count: 107))")
    configuration.pidFile = FilePath("\(directory.path)/pid")
    await #expect(throws: DaemonError.self) { try await ControlDaemon.start(configuration) }
    #expect(directory.facts("pid") == nil)
  }

  @Test("A PID file that is a link or no regular file is refused")

  func aPIDFile() async throws {
    let path = "\(directory.path)/pid"
    let other = "\(directory.path)/other"
    for makesFile in [
      { unsafe symlink(other, path) == 0 }, { unsafe link(other, path) == 0 },
      { unsafe mkfifo(path, 0o600) == 0 }, { unsafe mkdir(path, 0o700) == 0 },
    ] {
      #expect(FileManager.default.createFile(atPath: other, contents: Data("precious".utf8)))
      #expect(makesFile())
      var configuration = directory.configuration()
      configuration.pidFile = FilePath(path)
      let error = await #expect(throws: DaemonError.self) {
        try await ControlDaemon.start(configuration)
      }
      #expect(error?.code == .unsafePIDFile)
      #expect(try Data(contentsOf: URL(filePath: other)) == Data("precious".utf8))
      #expect(directory.facts() == nil)
      for file in [path, other] { try FileManager.default.removeItem(atPath: file) }
    }
  }

  @Test("Nine connections wait in the queue and the tenth is turned away")
  func nineConnectionsWaitInTheQueue() async throws {
    try await withControlDaemon(directory.configuration()) { daemon in
      try await daemon.setFault(.fullListenQueue)
      #expect(throws: StepwiseClient.Failure(call: "connect", errno: EAGAIN)) {
        try StepwiseClient(daemon.socketPath, waits: false)
      }
      try await daemon.setFault(nil)
      #expect(try await daemon.ask("a\n").text == "Bad command (a)\r\n")
      // The queue was filled by as many connections as sendmail's takes on Linux.
      try await daemon.until { $0 == .accepted(connection: ControlLimits.listenBacklog + 2) }
    }
  }
}
