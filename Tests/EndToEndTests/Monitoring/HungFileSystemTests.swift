// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// Monitoring of a machine with a file system that hangs.
@Suite(
  "check and metrics on a file system that hangs",
  .enabled("a file system that hangs can be mounted") { try HungFileSystem.isPossible() })
struct HungFileSystemTests {
  /// A place of which a part is on a file system that hangs.
  private struct Place {
    let directory: TemporaryDirectory
    let fileSystem: HungFileSystem

    /// A place; `names` are those in it that are on the file system that hangs.
    init(hanging names: Set<String> = []) throws {
      directory = try TemporaryDirectory()
      fileSystem = try #require(try HungFileSystem("hung", in: directory))
      try directory.makeDirectory("mq")
      func path(_ name: String) -> String {
        directory[names.contains(name) ? "hung/\(name)" : name].string
      }
      try directory.write(
        (["V10/Berkeley", "O QueueDirectory=\(path("mq"))", "O PidFile=\(path("pid"))"]
          + ["O ControlSocketName=\(path("ctl"))", "O StatusFile=\(path("statistics"))"]
          + ScratchDaemon.mailers).joined(separator: "\n") + "\n", to: "sendmail.cf")
    }

    func run(_ words: String..., configuration: String = "sendmail.cf") async throws
      -> ProcessOutcome
    {
      try await SMControlRun.run(["-C", directory[configuration].string] + words)
    }
  }

  @Test("metrics prints what it has read in time, and what not")
  func queue() async throws {
    let place = try Place(hanging: ["mq"])
    let outcome = try await place.run("metrics", "-t", "5")
    #expect(outcome.status == 75, "\(outcome.errorOutput)")
    #expect(outcome.output.contains("\nsendmail_up 0\n"), "\(outcome.output)")
    for (part, isComplete) in [("daemon", 1), ("load", 1), ("queues", 0), ("audit", 0)] {
      #expect(
        outcome.output.contains("\nsendmail_scrape_complete{part=\"\(part)\"} \(isComplete)\n"),
        "\(part): \(outcome.output)")
    }
    #expect(outcome.errorOutput.contains("smcontrol: queues: not read in time\n"))
    #expect(outcome.errorOutput.hasSuffix("smcontrol: allow more time with --timeout\n"))
  }

  @Test("A text file is written all the same")
  func textfile() async throws {
    let place = try Place(hanging: ["mq"])
    let file = place.directory["sendmail.prom"]
    let outcome = try await place.run("metrics", "-t", "5", "--textfile", file.string)
    #expect(outcome.status == 75, "\(outcome.errorOutput)")
    let text = try String(contentsOfFile: file.string, encoding: .utf8)
    #expect(text.contains("\nsendmail_scrape_complete{part=\"queues\"} 0\n"))
  }

  @Test("A text file that cannot be written in time is an error")
  func output() async throws {
    let place = try Place()
    let file = place.directory["hung/sendmail.prom"]
    let outcome = try await place.run("metrics", "-t", "20", "--textfile", file.string)
    #expect(outcome.status == 75)
    #expect(outcome.errorOutput == "smcontrol: \(file): not written in time\n")
  }

  @Test("A configuration that cannot be read in time is an error, and a text file stays as it is")
  func configuration() async throws {
    let place = try Place()
    try place.directory.write("before\n", to: "sendmail.prom")
    let file = place.directory["sendmail.prom"]
    let outcome = try await place.run(
      "metrics", "-t", "1", "--textfile", file.string, configuration: "hung/sendmail.cf")
    #expect(outcome.status == 75)
    #expect(outcome.output == "")
    #expect(
      outcome.errorOutput
        == "smcontrol: \(place.directory["hung/sendmail.cf"]): not read in time; allow more with --timeout\n"
    )
    #expect(try String(contentsOfFile: file.string, encoding: .utf8) == "before\n")
  }

  @Test("Wherever it hangs, metrics ends", arguments: ["pid", "ctl", "statistics"])
  func parts(name: String) async throws {
    let outcome = try await Place(hanging: [name]).run("metrics", "-t", "2")
    #expect(outcome.status == 75, "\(outcome.errorOutput)")
    #expect(outcome.output.contains("\nsendmail_scrape_complete{part=\"queues\"} 0\n"))
  }

  @Test("check tells the daemon's state, and that the queue is not known")
  func check() async throws {
    let outcome = try await Place(hanging: ["mq"]).run("check", "-t", "5")
    #expect(outcome.status == 2)
    #expect(
      outcome.output
        == "SENDMAIL CRITICAL - down, oldest not known\noldest not known: not read in time\n")
  }

  @Test("Wherever it hangs, check is UNKNOWN", arguments: ["pid", "ctl"])
  func checkParts(name: String) async throws {
    let outcome = try await Place(hanging: [name]).run("check", "-t", "2")
    #expect(outcome.status == 3)
    #expect(outcome.output.hasPrefix("SENDMAIL UNKNOWN - state not known"), "\(outcome.output)")
  }
}
