// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

/// `> FILE`, `>> FILE` and `memdump --output` where a system call fails.
@Suite("Files that are written")
struct OutputFileTests {
  private static func text(_ path: FilePath) -> String? {
    FileManager.default.contents(atPath: path.string).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func mode(_ path: FilePath) throws -> UInt32 {
    UInt32(try Stat(path).permissions.rawValue)
  }

  @Test("A new file and one that is replaced are the owner's alone; a link is not followed")
  func modes() async throws {
    try await ScratchDaemon.run { scratch in
      let directory = scratch.directory
      try directory.write("old\n", to: "old")
      try directory.write("precious\n", to: "target")
      for (link, isHard) in [("symbolic", false), ("hard", true)] {
        try isHard
          ? FileManager.default.linkItem(
            atPath: directory["target"].string, toPath: directory[link].string)
          : FileManager.default.createSymbolicLink(
            atPath: directory[link].string, withDestinationPath: directory["target"].string)
      }
      for name in ["new", "old"] {
        let run = try await scratch.smcontrol("-e", "status > \(directory[name])")
        #expect(run.status == 0, "\(run.errorOutput)")
        #expect(try Self.mode(directory[name]) == 0o600)
        #expect(Self.text(directory[name])?.hasPrefix("Daemon Status: ") == true)
      }
      for line in [
        "> \(directory["symbolic"])", ">> \(directory["symbolic"])", ">> \(directory["hard"])",
      ] {
        let run = try await scratch.smcontrol("-e", "status \(line)")
        #expect(run.status == 74)
        #expect(run.errorOutput.contains("links are not followed"))
      }
      // The name goes to another file, the target stays.
      let run = try await scratch.smcontrol("-e", "status > \(directory["hard"])")
      #expect(run.status == 0)
      #expect(Self.text(directory["target"]) == "precious\n")
    }
  }

  @Test("Help goes to the file as any output does", arguments: ["status --help", "help status"])
  func help(_ line: String) async throws {
    try await ScratchDaemon.run { scratch in
      let file = scratch.directory["help"]
      let run = try await scratch.smcontrol("-e", "\(line) > \(file)")
      #expect(run.status == 0, "\(run.errorOutput)")
      #expect(run.output == "")
      #expect(Self.text(file)?.hasPrefix("Usage: status [OPTION...]\n") == true)
    }
  }

  @Test("Appended text begins a line of its own")
  func append() async throws {
    try await ScratchDaemon.run { scratch in
      let file = scratch.directory["log"]
      try scratch.directory.write("no end", to: "log")
      let run = try await scratch.smcontrol(
        "-e", "status --is accepting >> \(file)", "-e", "status --is answering >> \(file)")
      #expect(run.status == 0)
      #expect(Self.text(file) == "no end\naccepting\naccepting\n")
    }
  }

  /// Places where nothing more can be written.
  static let places = ["a file-size limit", "a full disk", "a read-only file system"]

  @Test("The old file stays, no draft is left, and the reason is reported", arguments: places)
  func failures(place: String) async throws {
    guard place == "a file-size limit" || SystemUser.isRoot else {
      SkipNotice.print("Only root can mount a file system: \(place) is not tested.")
      return
    }
    try await ScratchDaemon.run({
      $0.state.heapReport = HeapReport(ofAbout: 200_000)
    }) { scratch in
      scratch.enter(1500)
      let mount = try scratch.directory.makeDirectory("mount")
      let smcontrol = "'\(BuiltBinaries.smcontrol)' -f '\(scratch.socket)'"
      let prepare =
        switch place {
        case "a full disk": "mount -t tmpfs -o size=64k none '\(mount)'"
        case "a read-only file system": "mount -t tmpfs none '\(mount)'"
        default: ":"
        }
      let restrict =
        switch place {
        case "a full disk": "head -c 40k /dev/zero > '\(mount)/zero'"
        case "a read-only file system": "mount -o remount,ro '\(mount)'"
        default: "ulimit -f 16"
        }
      let script = """
        \(prepare) && echo old > '\(mount)/out' && echo old > '\(mount)/dump' || exit 99
        \(restrict)
        \(smcontrol) -e 'status > \(mount)/out'; echo "out $?"
        \(smcontrol) memdump --output '\(mount)/dump'; echo "dump $?"
        cat '\(mount)/out' '\(mount)/dump'
        ls -A '\(mount)' | grep -v zero
        """
      let words =
        place == "a file-size limit"
        ? ["sh", "-c", script] : ["unshare", "-m", "sh", "-c", script]
      let run = try await ProcessRunner.run(
        "/usr/bin/env", words, environment: SMControlRun.cleanEnvironment)
      #expect(run.output == "out 74\ndump 74\nold\nold\ndump\nout\n", "\(run.errorOutput)")
      let lines = run.errorOutput.split(separator: "\n")
      #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("smcontrol: ") }, "\(lines)")
    }
  }

  @Test("Lines of a script may end by CR LF")
  func carriageReturns() async throws {
    try await ScratchDaemon.run { scratch in
      let run = try await ProcessRunner.run(
        "/bin/sh",
        [
          "-c", "printf 'timeout 3\\r\\nstatus --is answering\\r\\n' | \"$0\" -f \"$1\"",
          BuiltBinaries.smcontrol.string, scratch.socket.string,
        ], environment: SMControlRun.cleanEnvironment)
      #expect(run.status == 0, "\(run.errorOutput)")
      #expect(run.output == "accepting\n")
    }
  }
}
