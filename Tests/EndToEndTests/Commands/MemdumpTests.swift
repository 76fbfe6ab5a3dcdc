// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("smcontrol memdump")
struct MemdumpTests {
  @Test("--output writes the report to a file of its owner alone")
  func output() async throws {
    let report = HeapReport(ofAbout: 3_000_000)
    try await ScratchDaemon.run({ $0.state.heapReport = report }) { scratch in
      let file = scratch.directory["dump"]
      let outcome = try await scratch.smcontrol("memdump", "--output", file.string)
      #expect(outcome.status == 0)
      #expect(outcome.output == "")
      #expect(try Stat(file).permissions == .ownerReadWrite)
      let written = try #require(FileManager.default.contents(atPath: file.string))
      #expect(written.count > 1_000_000)
      #expect(written.last == 0x0A)
    }
  }

  @Test("A report that is refused, or breaks off, leaves no file")
  func incomplete() async throws {
    try await ScratchDaemon.run { scratch in
      let file = scratch.directory["dump"].string
      let refused = try await scratch.smcontrol("memdump", "--output", file)
      #expect(refused.status == 1)
      scratch.daemon.update { $0.heapReport = HeapReport(ofAbout: 300_000) }
      try await scratch.daemon.setFault(.reset(afterBytes: 100_001))
      let broken = try await scratch.smcontrol("memdump", "--output", file)
      #expect(broken.status == 74)
      let left = try FileManager.default.contentsOfDirectory(atPath: scratch.directory.path.string)
      #expect(!left.contains { $0.contains("dump") })
    }
  }

  @Test("A link is not followed, even to nowhere")
  func link() async throws {
    try await ScratchDaemon.run({ $0.state.heapReport = HeapReport(level: 2, items: .listed([])) })
    { scratch in
      let link = scratch.directory["link"].string
      try FileManager.default.createSymbolicLink(
        atPath: link, withDestinationPath: scratch.directory["victim"].string)
      let outcome = try await scratch.smcontrol("memdump", "--output", link)
      #expect(outcome.status == 74)
      #expect(outcome.errorOutput.contains("is a symbolic link"))
      #expect(!FileManager.default.fileExists(atPath: scratch.directory["victim"].string))
    }
  }

  @Test(
    "A memory dump passes through in constant memory, a gigabyte included",
    arguments: [("raw", 1024), ("classic", 384)])
  func constantMemory(format: String, mebibytes: Int) async throws {
    try await withTemporaryDirectory { directory in
      let server = try ReplyServer(at: directory["ctl"], mebibytes: mebibytes)
      // The program starts in less than this much address space, and the answer is far larger.
      let outcome = try await ProcessRunner.run(
        "/bin/bash",
        [
          "-c",
          """
          ulimit -v 300000; set -o pipefail
          "$0" -f "$1" memdump --format "$2" --timeout 300 | wc -c
          """,
          BuiltBinaries.smcontrol.string, directory["ctl"].string, format,
        ], timeout: .seconds(300))
      #expect(outcome.status == 0, "\(outcome.errorOutput)")
      let count = try #require(Int(outcome.output.dropLast()))
      #expect(count >= mebibytes << 20)
      withExtendedLifetime(server) {}
    }
  }
}
