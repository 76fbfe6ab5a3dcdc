// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The tools that other tests trust.
@Suite("Real harness")
struct RealHarnessTests {
  @Test("A program is killed by SIGPIPE as it is outside the tests")
  func aProgramIsKilledBySIGPIPE() async throws {
    let outcome = try await ProcessRunner.run(
      "/bin/sh", ["-c", "kill -PIPE $$; echo ignored"])
    #expect(outcome.signal == 13)
  }

  @Test("A program that does not end is killed")

  func aProgramThatDoesNotEnd() async throws {
    let clock = ContinuousClock()
    let duration = await clock.measure {
      await #expect(throws: HarnessError.self) {
        try await ProcessRunner.run("/bin/sleep", ["600"], timeout: .milliseconds(50))
      }
    }
    #expect(duration < .seconds(300))
  }

  @Test("Waiting in vain fails")

  func waitingInVainFails() async throws {
    await #expect(throws: HarnessError.self) {
      try await eventually("never", timeout: .milliseconds(20)) { false }
    }
  }

  @Test(
    "A daemon leaves nothing, whatever the test does", .needsRealSendmail,
    arguments: RealDaemon.Options.Mode.allCases)
  func aDaemonLeavesNothingBehindWhatever(
    mode: RealDaemon.Options.Mode
  ) async throws {
    struct Failure: Error {}
    var left: (daemon: RealDaemon, session: SMTPSession)?
    var options = RealDaemon.Options(mode: mode)
    options.sharesMemory = true
    await #expect(throws: Failure.self) {
      try await RealDaemon.run(options) { daemon in
        left = (daemon, try await daemon.openSMTPSession())
        // A control child of the daemon's first answer may be there for a while.
        try await eventually("the daemon and its session") { daemon.processes.count == 2 }
        throw Failure()
      }
    }
    let daemon = try #require(left).daemon
    #expect(daemon.processes.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: daemon.places.directory.string))
    let segments = try String(contentsOfFile: "/proc/sysvipc/shm", encoding: .utf8)
    let key = try #require(daemon.places.sharedMemoryKey)
    #expect(!segments.split(separator: "\n").contains { $0.split(separator: " ")[0] == "\(key)" })
  }

  @Test("A daemon that cannot start is reported in its own words", .needsRealSendmail)
  func aDaemonThatCannotStart() async throws {
    var options = RealDaemon.Options()
    options.settings["NoSuchOption"] = "1"
    let error = await #expect(throws: HarnessError.self) {
      try await RealDaemon.run(options) { _ in }
    }
    #expect(error?.description.contains("NoSuchOption") == true, "\(error?.description ?? "")")
  }

  @Test("The reaper stops what works in a directory when the tests are gone")
  func theReaperStopsWhatWorks() async throws {
    try await withTemporaryDirectory { directory in
      let place = try directory.makeDirectory("mq")
      async let sleeper = ProcessRunner.run("/bin/sleep", ["600"], workingDirectory: place)
      try await eventually("a program in the directory") {
        let programs = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter {
          (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/cwd"))
            == place.string
        }
        return !programs.isEmpty
      }
      // The end of the tests is the end of its input.
      let reaper = try await ProcessRunner.run(
        ProjectFiles.file("Tests/Peers/reaper"), input: Array("\(directory.path) -\n".utf8))
      #expect(reaper.status == 0)
      #expect(try await sleeper.signal == 9)
      #expect(!FileManager.default.fileExists(atPath: directory.path.string))
    }
  }
}
