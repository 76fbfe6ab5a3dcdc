// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import TestSupport
import Testing

/// A real daemon as an administrator reads it: what stands in its configuration and in the process
/// table beside what it replies.
@Suite("smcontrol on the real daemon: for reading", .needsRealSendmail)
struct RealTerminalTests {
  private static func read(_ daemon: RealDaemon, _ arguments: String...) async throws -> [String] {
    let run = try await SMControlRun.run(
      ["-C", daemon.places.configurationFile.string, "--format", "terminal"] + arguments,
      environment: TerminalRun.plainEnvironment)
    #expect(run.status == 0, "\(run.errorOutput)")
    return run.output.split(separator: "\n").map(String.init)
  }

  /// The lines of a status that has all of `texts` in it.
  private static func lines(of daemon: RealDaemon, with texts: [String]) async throws -> [String] {
    try await eventually("\(texts)") {
      let lines = try await read(daemon, "status")
      let hasAll = texts.allSatisfy { text in lines.contains { $0.contains(text) } }
      return hasAll ? lines : nil
    }
  }

  /// A session in the middle of a message.
  private static func openWritingSession(_ daemon: RealDaemon) async throws -> SMTPSession {
    let session = try await daemon.openSMTPSession()
    let lines = [
      "HELO localhost", "MAIL FROM:<root@localhost>", "RCPT TO:<root@localhost>", "DATA",
    ]
    for line in lines {
      _ = try await session.command(line)
    }
    return session
  }

  @Test(
    "The tasks of SMTP children are read from their titles",
    arguments: RealDaemon.Options.Mode.allCases)
  func titles(mode: RealDaemon.Options.Mode) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.settings = [
      "ProcessTitlePrefix": "MTA: x", "MaxDaemonChildren": "20", "RefuseLA": "90000",
      "QueueLA": "80000",
    ]
    try await RealDaemon.run(options) { daemon in
      let reading = try await daemon.openSMTPSession()
      let writing = try await Self.openWritingSession(daemon)
      let pid = try daemon.pid
      let lines = try await Self.lines(of: daemon, with: [": DATA", "cmd read"])
      #expect(lines.first?.hasPrefix("✔ sendmail (MTA): accepting connections  ") == true)
      #expect(lines.contains { $0.hasPrefix("Daemon      process \(pid), since* ") })
      #expect(lines.contains { $0.hasPrefix("Children    ██░░░░░░░░░░░░░░░░░░  2 of 20") })
      #expect(lines.contains { $0.hasSuffix(" of RefuseLA 90000, QueueLA 80000") })
      let children = lines.filter { $0.contains("smtp-server  127.0.0.1") }
      #expect(children.count == 2)
      // A queue id and what is done, without the host that the list has already.
      #expect(children.contains { $0.contains(/\x20[0-9A-Za-z]{14,20}: DATA$/) })
      #expect(children.contains { $0.contains(/\x20[0-9]+s  [0-9]\.[0-9]{2}s  cmd read$/) })
      let counted = try await Self.read(daemon, "status", "--by-peer")
      #expect(counted.contains { $0.contains(#/ 2 +10 % +[0-9]+s  127\.0\.0\.1$/#) })
      reading.close()
      writing.close()
    }
  }

  @Test("MinFreeBlocks counts blocks of the file system, in smcontrol as in sendmail")
  func minimumFreeBlocks() async throws {
    // More blocks than any disk has, and none.
    for (blocks, isShort) in [("9000000000000", true), ("1", false)] {
      var options = RealDaemon.Options()
      options.settings["MinFreeBlocks"] = blocks
      try await RealDaemon.run(options) { daemon in
        try await eventually("the daemon and smcontrol agree") {
          let lines = try await Self.read(daemon, "mstat")
          let space = lines.first { $0.hasPrefix("Free space") } ?? ""
          let agrees =
            lines[0].contains("rejecting new messages: min free: ") == isShort
            && space.contains(", below MinFreeBlocks \(blocks) (") == isShort
          return agrees && lines.contains { $0.contains("SharedMemoryKey is not set") }
        }
      }
    }
  }

  @Test("A control child of another user's is shown; our own is counted")
  func controlChildren() async throws {
    try await RealDaemon.run { daemon in
      let held = try RawControlClient(daemon.controlSocket)
      let lines = try await Self.lines(of: daemon, with: ["control cmd read"])
      #expect(lines.contains { $0.contains(" listed: ") && $0.contains("this") })
      held.close()
    }
  }

  @Test(
    "Where processes are hidden, children are shown as ones that may not be read", .hidesProcesses)
  func hidden() async throws {
    try await RealDaemon.run { daemon in
      let session = try await daemon.openSMTPSession()
      let pid = try daemon.pid
      let nobody = try SystemUser.ordinary()
      // Every user may connect here.
      let run = try await ProcessRunner.run(
        "/usr/bin/unshare",
        [
          "--mount", "/bin/sh", "-c",
          """
          set -e
          mount -o remount,hidepid=2 /proc
          chmod 755 "$1"; chmod 666 "$1/ctl"; chmod 644 "$1/sendmail.cf"
          cp "$3" "$1/smcontrol"
          exec setpriv --reuid "$2" --regid "$2" --clear-groups \\
            "$1/smcontrol" -C "$1/sendmail.cf" --format terminal status
          """, "sh", daemon.places.directory.string, "\(nobody.userID)",
          BuiltBinaries.smcontrol.string,
        ], environment: TerminalRun.plainEnvironment)
      #expect(run.status == 0, "\(run.errorOutput)")
      #expect(run.output.contains("Daemon      process \(pid)\n"))
      #expect(run.output.contains(#/127\.0\.0\.1 +may not be read\n/#))
      #expect(run.output.contains("; 1 of 1 may not be read by this user\n"))
      session.close()
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests that hide processes from a user: that takes root, and a system that lets root do it.
  fileprivate static var hidesProcesses: Self {
    .enabled("processes can only be hidden by root, with mounts of its own") {
      guard SystemUser.isRoot else { return false }
      return try await ProcessRunner.run(
        "/usr/bin/unshare", ["--mount", "mount", "-o", "remount,hidepid=2", "/proc"]
      ).status == 0
    }
  }
}
