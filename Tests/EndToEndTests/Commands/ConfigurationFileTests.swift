// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("smcontrold --cf")
struct ConfigurationFileTests {
  @Test("Daemon and client find each other by the same file")
  func together() async throws {
    try await withTemporaryDirectory { directory in
      try ScratchDaemon.writeConfigurationFile(
        in: directory,
        lines: [
          "O MaxDaemonChildren=7", "O DontBlameSendmail=TrustStickyBit",
          "O HelpFile=\(directory["help"].string)",
        ])
      try directory.write("#vers\t2\ncontrol\tfrom the file\n", to: "help")
      let file = directory["sendmail.cf"].string
      async let daemon = ProcessRunner.run(BuiltBinaries.smcontrold, ["--cf", file])
      let status = try await eventually("smcontrold answers") { () -> ProcessOutcome? in
        let outcome = try await SMControlRun.run(["-C", file, "status"])
        return outcome.status == 0 ? outcome : nil
      }
      #expect(status.output.contains("(maximum 7)"))
      let help = try await SMControlRun.run(["-C", file, "help", "--daemon"])
      #expect(help.output.contains("from the file"))
      let passive = try await SMControlRun.run(["-C", file, "status", "--passive"])
      #expect(passive.status == 0)
      #expect(passive.output.contains(", listening\n"))
      let ended = try await SMControlRun.run(["-C", file, "shutdown", "--wait"])
      #expect(ended.status == 0, "\(ended.errorOutput)")
      #expect(try await daemon.status == 0)
      #expect(!FileManager.default.fileExists(atPath: directory["pid"].string))
    }
  }

  static let refusals: [(lines: String, status: Int32, message: String)] = [
    (
      "O QueueDirectory=@DIR@\nO ControlSocketName=ctl\nO Bogus=1\n", 70,
      "unknown option name Bogus"
    ),
    ("O QueueDirectory=@DIR@/none\nO ControlSocketName=ctl\n", 78, "can not chdir"),
    ("O QueueDirectory=@DIR@\n", 78, "ControlSocketName is not set"),
  ]

  @Test("A file that sendmail would not start with is refused as by sendmail", arguments: refusals)
  func refused(lines: String, status: Int32, message: String) async throws {
    try await withTemporaryDirectory { directory in
      try directory.write(
        "V10\n" + lines.replacing("@DIR@", with: directory.path.string), to: "bad.cf")
      let outcome = try await ProcessRunner.run(
        BuiltBinaries.smcontrold, ["--cf", directory["bad.cf"].string])
      #expect(outcome.status == status)
      #expect(outcome.errorOutput.contains(message))
    }
  }

  @Test("A file that is not there, and no word where to listen")
  func nowhere() async throws {
    let missing = try await ProcessRunner.run(
      BuiltBinaries.smcontrold, ["--cf", "/nonexistent/cf"])
    #expect(missing.status == 66)
    let nothing = try await ProcessRunner.run(BuiltBinaries.smcontrold, [])
    #expect(nothing.status == 64)
  }
}
