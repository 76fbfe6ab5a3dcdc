// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import Synchronization
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@testable import SendmailControlClient

@Suite("Observing a daemon")
struct DaemonObserverTests {
  static func observer(_ scratch: ScratchDaemon) -> DaemonObserver {
    DaemonObserver(
      DaemonPlace(
        socket: scratch.socket.bytes, pidFile: scratch.directory["pid"].bytes))
  }

  @Test("A daemon that runs is seen by its lock, its socket and its process, and notices nothing")
  func running() async throws {
    try await ScratchDaemon.run { scratch in
      let observation = Self.observer(scratch).observe(.all)
      #expect(observation.isAlive == true)
      #expect(observation.pidFile.value?.processID == TestProcess.id)
      #expect(observation.pidFile.value?.isLocked == true)
      #expect(observation.socketFile.value?.kind == .socket)
      #expect(observation.socketFile.value?.mode == 0o600)
      #expect(observation.socketFile.value?.owner == SystemUser.current.name)
      #expect(observation.mayConnect == .known(true))
      #expect(observation.listeners.value?.count == 1)
      #expect(observation.daemonProcessID == TestProcess.id)
      #expect(observation.daemon?.realUser == SystemUser.current.userID)
      #expect(observation.daemon?.program != nil)
      #expect(observation.holders.value?.contains { $0.pid == TestProcess.id } == true)

      await scratch.daemon.shutdown()
      var connections = 0
      for await event in scratch.daemon.events {
        if case .accepted = event { connections += 1 }
      }
      #expect(connections == 0)
    }
  }

  @Test("Aspects that are not asked for are not looked up")
  func aspects() async throws {
    try await ScratchDaemon.run { scratch in
      let nothing = Self.observer(scratch).observe([])
      #expect(nothing == DaemonObservation(of: nothing.place))
      #expect(nothing.isAlive == nil)
      let files = Self.observer(scratch).observe(.files)
      #expect(files.pidFile.value?.isLocked == nil)
      #expect(files.listeners == .notAsked)
      #expect(files.namedProcess == .notAsked)
    }
  }

  @Test(
    "A listener is a daemon whatever the PID file holds",
    arguments: ["", "garbage\n", "4194304\n", "1\n"])
  func pidFiles(text: String) async throws {
    try await ScratchDaemon.run { scratch in
      let file = try scratch.directory.write(text, to: "other-pid")
      let place = DaemonPlace(socket: scratch.socket.bytes, pidFile: file.bytes)
      let observation = DaemonObserver(place).observe(.all)
      #expect(observation.isAlive == true)
      #expect(observation.daemonProcessID == TestProcess.id)
      let without = DaemonObserver(DaemonPlace(socket: scratch.socket.bytes)).observe(.listeners)
      #expect(without.isAlive == true)
    }
  }

  @Test("Nothing is left of a daemon that is gone, or of a PID file of another program")
  func gone() async throws {
    try await withTemporaryDirectory { directory in
      // Process ids end below this number on Linux, so it is free.
      let stale = try directory.write("4194304\n/usr/sbin/sendmail -bd\n", to: "stale")
      let other = try directory.write("1\n/usr/sbin/sendmail -bd\n", to: "other")
      for file in [stale, other, directory["none"]] {
        let place = DaemonPlace(socket: directory["ctl"].bytes, pidFile: file.bytes)
        let observation = DaemonObserver(place).observe(.all)
        #expect(observation.isAlive == false)
        #expect(observation.daemonProcessID == nil)
        #expect(observation.socketFile == .absent)
        #expect(observation.listeners == .absent)
        #expect(observation.children == .absent)
      }
      let stalePlace = DaemonPlace(pidFile: stale.bytes)
      #expect(DaemonObserver(stalePlace).observe(.all).namedProcess == .absent)
      let otherPlace = DaemonPlace(pidFile: other.bytes)
      #expect(DaemonObserver(otherPlace).observe(.all).namedProcess.value?.pid == 1)
    }
  }

  @Test("A program whose arguments mention sendmail is not taken for the daemon")
  func arguments() async throws {
    try await withTemporaryDirectory { directory in
      let log = try directory.write("", to: "sendmail.log")
      try await Self.withProcess("tail", ["-f", log.string]) { pid in
        let file = try directory.write("\(pid)\n/usr/sbin/sendmail -bd\n", to: "pid")
        let observation = DaemonObserver(DaemonPlace(pidFile: file.bytes)).observe(.all)
        #expect(observation.isAlive == false)
        #expect(PassiveText.status(observation).contains("running, but not sendmail"))
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
        let file = try directory.write("\(pid)\n", to: "pid")
        try await eventually("the process is sendmail") {
          DaemonObserver(DaemonPlace(pidFile: file.bytes)).observe(.all).isAlive == true
        }
      }
    }
  }

  /// Runs `body` with the id of a process, which is ended after it.
  ///
  /// SIGTERM is not enough: a process inherits the signals that the thread which starts it blocks. One
  /// that stayed would hold the tests' standard error, and a program that reads that would wait for it.
  private static func withProcess(
    _ program: String, _ arguments: [String], body: (Int32) async throws -> Void
  ) async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let pid = process.processIdentifier
    do {
      defer { kill(pid, SIGKILL) }
      try await body(pid)
    }
    try await eventually("the process is gone") { !process.isRunning }
  }

  @Test("Another kind of file at the path is reported as such")
  func kinds() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("", to: "file")
      try directory.makeDirectory("directory")
      #expect(unsafe mkfifo(directory["fifo"].string, 0o600) == 0)
      let kinds: [(String, FileFacts.Kind)] = [
        ("file", .regular), ("directory", .directory), ("fifo", .fifo),
      ]
      for (name, kind) in kinds {
        let observation = DaemonObserver(DaemonPlace(socket: directory[name].bytes))
          .observe([.files, .listeners])
        #expect(observation.socketFile.value?.kind == kind)
        #expect(observation.listeners == .absent)
      }
    }
  }

  @Test("A directory that may not be searched is no sign of a daemon, nor of none")
  func denied() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("1\n", to: "pid")
      let place = DaemonPlace(
        socket: directory["ctl"].bytes, pidFile: directory["pid"].bytes)
      let reason = "Permission denied"
      var sources = ObservationSources.live
      sources.pidFile = { _, _ in .unknown(reason: reason) }
      sources.socketFile = { _ in .unknown(reason: reason) }
      sources.mayConnect = { _ in .known(false) }
      let observation = DaemonObserver(place, sources: sources).observe(.all)
      #expect(observation.isAlive == nil)
      #expect(observation.listeners.reason?.contains(reason) == true)
    }
  }

  @Test(
    "Another network namespace hides who listens", arguments: [Int32(1), TestProcess.id, 4_194_305])
  func networkNamespace(of pid: Int32) async throws {
    try await ScratchDaemon.run { scratch in
      var sources = ObservationSources.live
      sources.listeningSockets = { .known([]) }
      sources.sharesNetwork = { $0 != pid }
      sources.ancestors = { [4_194_305] }
      let place = Self.observer(scratch).place
      let observation = DaemonObserver(place, sources: sources).observe(.all)
      #expect(observation.listeners.reason?.contains("namespace") == true)
      #expect(observation.holders.reason?.contains("namespace") == true)
      // The lock is held all the same.
      #expect(observation.isAlive == true)
      let named = DaemonPlace(socket: scratch.socket.bytes)
      let alone = DaemonObserver(named, sources: sources).observe(.all)
      #expect(alone.isAlive == (pid == TestProcess.id ? false : nil))
    }
  }

  @Test("The search for the holder is given up after three readings")
  func search() async throws {
    try await ScratchDaemon.run { scratch in
      let readings = Atomic<Int>(0)
      var sources = ObservationSources.live
      sources.heldSockets = { _ in
        readings.add(1, ordering: .relaxed)
        return HeldSockets(isComplete: false)
      }
      let place = DaemonPlace(socket: scratch.socket.bytes)
      let observation = DaemonObserver(place, sources: sources).observe(.all)
      #expect(readings.load(ordering: .relaxed) == 3)
      #expect(observation.holders.reason != nil)
      #expect(observation.isAlive == true)
    }
  }
}
