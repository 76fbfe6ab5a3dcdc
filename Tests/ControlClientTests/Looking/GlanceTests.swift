// SPDX-License-Identifier: GPL-3.0-or-later

import ControlDaemon
import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@testable import ControlClient

@Suite("A glance at the daemon, without a connection")
struct GlanceTests {
  static func glance(
    _ socket: FilePath?, pidFile: FilePath? = nil, last: DaemonGlance = DaemonGlance(.unknown)
  ) -> DaemonGlance {
    PassiveLook.glance(socket: socket, pidFile: pidFile, titlePrefix: [], last: last)
  }

  @Test("Without a socket configured, or with something else in its place, there is none")
  func noSocket() async throws {
    try await withTemporaryDirectory { directory in
      #expect(Self.glance(nil) == DaemonGlance(.noSocket))
      let file = try directory.write("", to: "ctl")
      #expect(Self.glance(file).presence == .noSocket)
      #expect(Self.glance(directory["none"]).presence == .down)
    }
  }

  @Test("A daemon that listens runs, with or without a PID file")
  func running() async throws {
    try await ScratchDaemon.run { scratch in
      #expect(Self.glance(scratch.socket).presence == .running(.unknown))
      let accepting = DaemonGlance(.running(.accepting), processID: TestProcess.id)
      #expect(Self.glance(scratch.socket, last: accepting) == accepting)
      // What it said itself holds as long as its title does not say otherwise.
      let slowing = DaemonGlance(.running(.slowing), processID: TestProcess.id)
      #expect(
        Self.glance(scratch.socket, pidFile: scratch.directory["pid"], last: slowing) == slowing)
    }
  }

  @Test("One that did not answer is not believed to before it has")
  func notAnswering() async throws {
    try await ScratchDaemon.run { scratch in
      let hung = DaemonGlance(.notAnswering, processID: TestProcess.id)
      #expect(Self.glance(scratch.socket, last: hung) == hung)
      #expect(Self.glance(scratch.socket, last: DaemonGlance(.notAnswering)).presence != .down)
    }
  }

  @Test("One whose process is gone and whose socket nobody listens on is down")
  func down() async throws {
    try await withTemporaryDirectory { directory in
      let socket = directory["ctl"]
      try await ScratchDaemon.run { scratch in
        // A name that stays when its daemon has gone.
        #expect(unsafe link(scratch.socket.string, socket.string) == 0)
      }
      let ended = try await ProcessRunner.run("/bin/sh", ["-c", "echo $$"])
      let pid = try #require(Int32(ended.output.split(separator: "\n")[0]))
      let last = DaemonGlance(.running(.accepting), processID: pid)
      // A program that another test starts just now holds all sockets for a moment.
      try await eventually("nobody listens") {
        Self.glance(socket, last: last) == DaemonGlance(.down)
      }
    }
  }

  @Test("One whose PID file names a process that is gone is down, whoever still holds its socket")
  func killed() async throws {
    try await ScratchDaemon.run { scratch in
      let ended = try await ProcessRunner.run("/bin/sh", ["-c", "echo $$"])
      let pid = try #require(Int32(ended.output.split(separator: "\n")[0]))
      let file = try scratch.directory.write("\(pid)\nsendmail -bd\n", to: "stale")
      let last = DaemonGlance(.running(.accepting), processID: pid)
      #expect(Self.glance(scratch.socket, pidFile: file, last: last) == DaemonGlance(.down))
    }
  }

  @Test("One at which connections wait for seconds does not answer, until it accepts them")
  func waitedFor() async throws {
    let isTold = (try? SocketDiagnosis.listeningSockets()) != nil
    guard WantedTests.mayExpect(isTold, otherwise: "the kernel does not tell who waits at a socket")
    else { return }
    try await ScratchDaemon.run { scratch in
      let pidFile = scratch.directory["pid"]
      var glance = Self.glance(scratch.socket, pidFile: pidFile)
      try await scratch.daemon.setFault(.fullListenQueue)
      for look in 1..<DaemonGlance.looksBeforeAlarm {
        glance = Self.glance(scratch.socket, pidFile: pidFile, last: glance)
        #expect(glance.presence == .running(.unknown))
        #expect(glance.looksWithWaiting == look)
      }
      glance = Self.glance(scratch.socket, pidFile: pidFile, last: glance)
      #expect(glance.presence == .notAnswering)
      try await scratch.daemon.setFault(nil)
      try await eventually("those who waited are accepted") {
        glance = Self.glance(scratch.socket, pidFile: pidFile, last: glance)
        return glance == DaemonGlance(.running(.unknown), processID: TestProcess.id)
      }
    }
  }
}
