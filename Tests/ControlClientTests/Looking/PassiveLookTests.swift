// SPDX-License-Identifier: GPL-3.0-or-later

import ControlClient
import ControlDaemon
import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@Suite("Looking without a connection")
struct PassiveLookTests {
  @Test("A living daemon is seen by the lock on its PID file, and notices nothing")
  func living() async throws {
    try await ScratchDaemon.run { scratch in
      let status = PassiveLook.look(socket: scratch.socket, pidFile: scratch.directory["pid"])
      #expect(status.isAlive)
      guard case .seen(let file) = status.pidFile else {
        Issue.record("the PID file was not seen: \(status.pidFile)")
        return
      }
      #expect(file.processID == TestProcess.id)
      #expect(file.isAlive)
      guard case .seen(let socket) = status.socketFile else {
        Issue.record("the socket was not seen: \(status.socketFile)")
        return
      }
      #expect(socket.isSocket)
      #expect(socket.file.mode == 0o600)
      #expect(socket.file.owner == SystemUser.current.name)
      #expect(status.daemon?.pid == TestProcess.id)

      await scratch.daemon.shutdown()
      var connections = 0
      for await event in scratch.daemon.events {
        if case .accepted = event { connections += 1 }
      }
      #expect(connections == 0)
    }
  }

  @Test("A PID file that a killed daemon left names no living one")
  func dead() async throws {
    try await withTemporaryDirectory { directory in
      // Process ids end below this number on Linux, so it is nobody's.
      try directory.write("4194304\n/usr/sbin/sendmail -bd\n", to: "pid")
      let status = PassiveLook.look(socket: directory["ctl"], pidFile: directory["pid"])
      #expect(!status.isAlive)
      #expect(status.daemon == nil)
      #expect(
        status.pidFile
          == .seen(.init(path: directory["pid"].bytes, processID: 4_194_304, isAlive: false)))
      #expect(
        status.socketFile
          == .unseen(path: directory["ctl"].bytes, reason: "No such file or directory"))
    }
  }

  @Test("A number of another program in an old PID file is not taken for the daemon")
  func reusedNumber() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("1\n/usr/sbin/sendmail -bd\n", to: "pid")
      let status = PassiveLook.look(socket: nil, pidFile: directory["pid"])
      #expect(!status.isAlive)
    }
  }

  @Test("A program whose arguments speak of sendmail is not taken for the daemon")
  func argumentsSpeakOfSendmail() async throws {
    try await withTemporaryDirectory { directory in
      let log = try directory.write("", to: "sendmail.log")
      try await Self.withProcess("tail", ["-f", log.string]) { pid in
        try directory.write("\(pid)\n/usr/sbin/sendmail -bd\n", to: "pid")
        let status = PassiveLook.look(socket: nil, pidFile: directory["pid"])
        #expect(!status.isAlive)
        #expect(!PassiveText.status(status).contains("lives"))
      }
    }
  }

  @Test("A process is sendmail by its program or by its own title", arguments: ["sendmail", "cat"])
  func program(name: String) async throws {
    try await withTemporaryDirectory { directory in
      let program = directory[name]
      try FileManager.default.copyItem(atPath: "/bin/sleep", toPath: program.string)
      let title = name == "sendmail" ? "daemon" : "sendmail: accepting connections"
      try await Self.withProcess(
        "/bin/bash", ["-c", #"exec -a "$0" "$1" 600"#, title, program.string]
      ) { pid in
        try directory.write("\(pid)\n", to: "pid")
        try await eventually("the process is sendmail") {
          PassiveLook.look(socket: nil, pidFile: directory["pid"]).isAlive
        }
      }
    }
  }

  /// Runs `body` with the id of a process, which is ended behind it.
  private static func withProcess(
    _ program: String, _ arguments: [String], body: (Int32) async throws -> Void
  ) async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    defer { process.terminate() }
    try await body(process.processIdentifier)
  }

  static let contents: [(text: String, pid: Int32?)] = [
    ("", nil), ("\n", nil), ("zero\n", nil), ("-5\n", nil), ("0\n", nil), ("12 34\n", nil),
    ("4194304", 4_194_304), ("4194304\nsendmail\n", 4_194_304),
  ]

  @Test("A PID file holds a number or none", arguments: contents)
  func pidFile(text: String, pid: Int32?) async throws {
    try await withTemporaryDirectory { directory in
      try directory.write(text, to: "pid")
      #expect(try PIDFile(at: directory["pid"]).processID == pid)
    }
  }
}
