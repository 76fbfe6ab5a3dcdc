// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("A socket that cannot be connected to")
struct ConnectFailureTests {
  private func code(at path: FilePath) -> ControlError.Code? {
    #expect(throws: ControlError.self) {
      try ControlClient(ControlSocket(path: path), timeout: .seconds(120)).send(.status)
    }?.code
  }

  @Test("Nothing there")
  func missing() async throws {
    try await withTemporaryDirectory { directory in
      #expect(code(at: directory["none"]) == .noSuchSocket)
      #expect(code(at: directory["none/deeper"]) == .noSuchSocket)
    }
  }

  @Test("Something else there")
  func notASocket() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("text", to: "file")
      try directory.makeDirectory("directory")
      #expect(code(at: directory["file"]) == .notASocket)
      #expect(code(at: directory["directory"]) == .notASocket)
      #expect(code(at: directory["file/below"]) == .notASocket)
      #expect(code(at: "/dev/null") == .notASocket)
    }
  }

  @Test("A socket file that a killed daemon left")
  func stale() async throws {
    try await ScratchDaemon.run { scratch in
      await scratch.daemon.crash()
      #expect(code(at: scratch.socket) == .noListener)
    }
  }

  @Test("A path of 107 bytes is taken, one of 108 is not")
  func length() async throws {
    try await withTemporaryDirectory { directory in
      let room = 107 - directory.path.string.utf8.count - 1
      let longest = directory[String(repeating: "s", count: room)]
      let tooLong = directory[String(repeating: "s", count: room + 1)]
      #expect(code(at: longest) == .noSuchSocket)
      #expect(code(at: tooLong) == .pathTooLong)
    }
  }

  @Test("A relative name is reached in a directory too deep for an address")
  func deepDirectory() async throws {
    try await withTemporaryDirectory { directory in
      let deep = try directory.makeDirectory(String(repeating: "d", count: 120))
      // The daemon's path may not be that long either, so it is moved there.
      let configuration = ScratchDaemon.configuration(in: directory)
      try await withControlDaemon(configuration) { _ in
        try FileManager.default.moveItem(
          atPath: directory["ctl"].string, toPath: deep.appending("ctl").string)
        let path = deep.appending("ctl")
        #expect(code(at: path) == .pathTooLong)
        let reply = try await blocking {
          try ControlClient(ControlSocket(path: path, boundIn: deep), timeout: .seconds(120)).send(
            .help)
        }
        #expect(!reply.bytes.isEmpty)
      }
    }
  }
}
