// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The command lines that Packaging/monitoring/sudoers permits.
@Suite("The sudoers file for monitoring")
struct SudoersTests {
  private static let file = ProjectFiles.file("Packaging/monitoring/sudoers")
  private static let start = "/usr/sbin/smcontrol check -C /etc/mail/sendmail.cf"

  static func hasSudo() -> Bool {
    WantedTests.mayExpect(
      FileManager.default.isExecutableFile(atPath: "/usr/bin/cvtsudoers"),
      otherwise: "The sudoers file is not tested: sudo's own tools are missing (sudo)")
  }

  /// The commands that sudo itself reads in the file.
  private static func commands() async throws -> [String] {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/cvtsudoers", ["-e", "-f", "json", file.string])
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    let specs = (object as? [String: Any])?["User_Specs"] as? [[String: Any]] ?? []
    let commands = specs.flatMap { $0["Cmnd_Specs"] as? [[String: Any]] ?? [] }
      .flatMap { $0["Commands"] as? [[String: Any]] ?? [] }.compactMap { $0["command"] as? String }
    return Set(commands).sorted()
  }

  @Test("sudo reads it, and it permits complete command lines only", .enabled { hasSudo() })
  func form() async throws {
    let check = try await ProcessRunner.run("/usr/sbin/visudo", ["-c", "-f", Self.file.string])
    #expect(check.status == 0, "\(check.output)\(check.errorOutput)")
    let commands = try await Self.commands()
    #expect(commands.count >= 6)
    for command in commands {
      #expect(command == Self.start || command.hasPrefix(Self.start + " "), "\(command)")
      #expect(!command.contains { "*?[]!\"'$`;&|<>\\".contains($0) }, "\(command)")
      // What is written is what is understood: nothing else may follow.
      let words = command.split(separator: " ").dropFirst().map { Array($0.utf8) }
      guard case .command(let spec, let line) = try CommandLineParser.parse(words, in: .program)
      else {
        Issue.record("\(command) is no command")
        continue
      }
      #expect(spec.name == "check" && spec.effect == .readOnly)
      #expect(line.arguments.isEmpty)
      #expect(line.given.count { $0.option.traits.contains(.namesDaemon) } == 1)
    }
  }

  @Test(
    "The files for monitoring systems use no other command line with sudo", .enabled { hasSudo() })
  func users() async throws {
    let permitted = Set(try await Self.commands())
    var used: Set<String> = []
    for name in ["nrpe.cfg", "zabbix.conf"] {
      let text = try String(
        contentsOfFile: ProjectFiles.file("Packaging/monitoring/\(name)").string, encoding: .utf8)
      for line in text.split(separator: "\n") {
        guard let sudo = line.firstRange(of: "/usr/bin/sudo -n ") else { continue }
        used.insert(String(line[sudo.upperBound...]))
      }
    }
    let icinga = try String(
      contentsOfFile: ProjectFiles.file("Packaging/monitoring/icinga2.conf").string, encoding: .utf8
    )
    let words = try #require(
      icinga.firstMatch(of: /command = \[\s*"\/usr\/bin\/sudo", "-n", ([^\]]*)\]/)
    )
    .output.1
    used.insert(words.matches(of: /"([^"]*)"/).map { String($0.output.1) }.joined(separator: " "))
    #expect(used.subtracting(permitted) == [])
    #expect(used.count >= 6)
  }

  /// A world in which every variable of the caller names something of theirs.
  @Test(
    "No permitted line writes a file, runs a program, or shows a file of the caller's choice",
    .enabled { hasSudo() })
  func harmless() async throws {
    let secret = "the-secret-of-another-user"
    let place = try MonitoredPlace()
    let commands = try await Self.commands()
    try await place.withDaemon(.accepting) {
      for command in commands { try await checkHarmless(command, place, secret) }
    }
  }

  private func checkHarmless(
    _ command: String, _ place: MonitoredPlace, _ secret: String
  ) async throws {
    let caller = try TemporaryDirectory()
    try caller.write("O \(secret)\nM\(secret)\n", to: "secret.cf")
    try caller.write("#!/bin/sh\ntouch '\(caller["ran"])'\n", to: "program")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: caller["program"].string)
    let words = command.split(separator: " ").dropFirst().map(String.init).map {
      $0 == "/etc/mail/sendmail.cf" ? place.directory["sendmail.cf"].string : $0
    }
    let before = try Self.files(place, caller)
    // What sudo would take from the environment is left there.
    var environment = Dictionary(
      uniqueKeysWithValues: EnvironmentVariables.Name.allCases.map {
        ($0.rawValue, Optional(caller["secret.cf"].string))
      })
    environment["SMCONTROL_PAGER"] = caller["program"].string
    environment["PAGER"] = caller["program"].string
    environment["SMCONTROL_HISTFILE"] = caller["history"].string
    environment["SMCONTROL_TIMEOUT"] = "10"
    environment["TMPDIR"] = caller.path.string
    let plain = try await place.run(words: words, environment: [:], in: caller)
    let hostile = try await place.run(words: words, environment: environment, in: caller)
    #expect(hostile.status == plain.status, "\(command): \(hostile.output)\(hostile.errorOutput)")
    #expect(!(hostile.output + hostile.errorOutput).contains(secret), "\(command)")
    // What root reads is known.
    #expect(
      !SystemUser.isRoot || (0...2).contains(plain.status ?? 99), "\(command): \(plain.output)")
    #expect(try Self.files(place, caller) == before, "\(command)")
    // A file that it opened for writing would not be written to, and said so.
    let limited = try await ProcessRunner.run(
      "/bin/sh",
      ["-c", "ulimit -f 0; exec \"$@\"", "sh", BuiltBinaries.smcontrol.string] + words,
      environment: environment, workingDirectory: caller.path)
    #expect(limited.status == plain.status, "\(command): \(limited.errorOutput)")
  }

  private static func files(_ place: MonitoredPlace, _ caller: TemporaryDirectory) throws
    -> [String]
  {
    [place.directory, caller].flatMap { directory in
      (FileManager.default.enumerator(atPath: directory.path.string)?.allObjects as? [String] ?? [])
        .map {
          "\($0) \((try? FileManager.default.attributesOfItem(atPath: directory[$0].string))?[.modificationDate] ?? "")"
        }
        .sorted()
    }
  }
}

extension MonitoredPlace {
  /// Runs smcontrol with exactly `words` and these variables.
  fileprivate func run(
    words: [String], environment: [String: String?], in directory: TemporaryDirectory
  ) async throws -> ProcessOutcome {
    try await ProcessRunner.run(
      BuiltBinaries.smcontrol, words, environment: environment, workingDirectory: directory.path)
  }
}
