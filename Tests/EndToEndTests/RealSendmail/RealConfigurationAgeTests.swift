// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

/// The files that changed since a real daemon started, beside what Debian's own Makefile says.
@Suite("smcontrol on the real daemon: the age of its configuration", .needsRealSendmail)
struct RealConfigurationAgeTests {
  /// The files that Debian's Makefile asks to reload sendmail for, and the daemon's class files among them.
  private static let databases = [
    ("confCR_FILE", "-:-o", "relay-domains"), ("use_cw_file", "-:-", "local-host-names"),
    ("sendmail.cf", "m4:-", "sendmail.mc"), ("crontab", "update_conf:-", "sendmail.conf"),
  ]

  /// Writes the Makefile of Debian's package into `directory`, with a stamp there.
  private static func writeMakefile(in directory: FilePath) async throws {
    let tools = try await RealSendmail.required().smcontrolPerl.removingLastComponent()
    let lines = databases.map { "\($0.0):\($0.1):\(directory.appending($0.2)):-\n" }
    try lines.joined().write(
      toFile: directory.appending("databases").string, atomically: false, encoding: .utf8)
    let makefile = directory.appending("Makefile").string
    let outcome = try await ProcessRunner.run(
      "/usr/bin/perl",
      [
        "-I\(tools)", tools.appending("update_mk").string, "-i",
        directory.appending("databases").string, "-o", makefile,
      ])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    let text = try String(contentsOfFile: makefile, encoding: .utf8)
    try text.replacing("/var/run/sendmail/", with: "\(directory)/")
      .write(toFile: makefile, atomically: false, encoding: .utf8)
  }

  /// The files that make finds newer than the stamp.
  private static func changedByMake(in directory: FilePath) async throws -> Set<String> {
    let stamp = directory.appending("stampdir/reload").string
    let outcome = try await ProcessRunner.run(
      "/usr/bin/make", ["-sf", directory.appending("Makefile").string, stamp])
    let lines = outcome.output.split(separator: "\n").map(String.init)
    guard let title = lines.firstIndex(of: "The following file(s) have changed:") else { return [] }
    return Set(lines[title + 1].split(separator: " ").map(String.init))
  }

  /// The member `running.configuration` of a status, and the paths of its changes.
  private static func changes(
    _ daemon: RealDaemon, _ arguments: String...
  ) async throws -> (current: Bool?, paths: Set<String>, kinds: Set<String>) {
    let outcome = try await SMControlRun.run(
      ["-C", daemon.places.configurationFile.string, "--format", "json", "status"] + arguments)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    let running = (object as? [String: Any])?["running"] as? [String: Any]
    let age = try #require(running?["configuration"] as? [String: Any])
    let changes = try #require(age["changes"] as? [[String: Any]])
    return (
      age["current"] as? Bool, Set(changes.compactMap { $0["path"] as? String }),
      Set(changes.map { "\($0["kind"] ?? "") \($0["change"] ?? "")" })
    )
  }

  @Test(
    "The changed files are those that Debian's Makefile names",
    arguments: RealDaemon.Options.Mode.allCases)
  func changed(mode: RealDaemon.Options.Mode) async throws {
    var options = RealDaemon.Options(mode: mode)
    options.configurationLines = ["Fw@DIR@/local-host-names", "FR-o @DIR@/relay-domains"]
    options.prepare = { directory in
      try FileManager.default.createDirectory(
        atPath: directory.appending("stampdir").string, withIntermediateDirectories: false)
      for name in ["local-host-names", "relay-domains", "sendmail.conf", "stampdir/reload"] {
        try "a.example\n".write(
          toFile: directory.appending(name).string, atomically: false, encoding: .utf8)
      }
    }
    try await RealDaemon.run(options) { daemon in
      let directory = daemon.places.directory
      try await Self.writeMakefile(in: directory)
      for arguments in [[], ["--passive"]] {
        let found =
          try await arguments.isEmpty
          ? Self.changes(daemon) : Self.changes(daemon, "--passive")
        #expect(found.current == true)
        #expect(found.paths.isEmpty)
      }
      #expect(try await Self.changedByMake(in: directory).isEmpty)
      var expected: Set<String> = []
      for name in ["local-host-names", "sendmail.conf", "relay-domains", "sendmail.cf"] {
        let path = directory.appending(name)
        // The same text again: only the time changes.
        let text = try Data(contentsOf: URL(filePath: path.string))
        try text.write(to: URL(filePath: path.string))
        expected.insert(path.string)
        let made = try await Self.changedByMake(in: directory)
        #expect(made == expected)
        let found = try await Self.changes(daemon)
        #expect(found.current == false)
        #expect(found.paths == made)
      }
      // A restart reads them, and sendmail opens a new socket.
      let restart = try await SMControlRun.run(
        ["-C", daemon.places.configurationFile.string, "restart", "--wait", "--force"])
      #expect(restart.status == 0, "\(restart.errorOutput)")
      #expect(try await Self.changes(daemon).paths.isEmpty)
      // A source that is newer than what was made of it has nothing to do with the daemon.
      try "dnl\n".write(
        toFile: directory.appending("sendmail.mc").string, atomically: false, encoding: .utf8)
      #expect(
        try await Self.changes(daemon).paths == [directory.appending("sendmail.mc").string])
    }
  }

  @Test("A backup that was put back, and a certificate that was renewed")
  func replaced() async throws {
    var options = RealDaemon.Options()
    options.configurationLines = [
      "Fw@DIR@/local-host-names", "O ServerCertFile=@DIR@/cert.pem,@DIR@/none",
      "O ServerKeyFile=@DIR@/cert.pem",
    ]
    options.prepare = { directory in
      for name in ["local-host-names", "backup", "cert.pem"] {
        let path = directory.appending(name).string
        try "a.example\n".write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -9999)], ofItemAtPath: path)
      }
    }
    try await RealDaemon.run(options) { daemon in
      let directory = daemon.places.directory
      #expect(try await Self.changes(daemon).current == true)
      let names = directory.appending("local-host-names")
      #expect(unsafe rename(directory.appending("backup").string, names.string) == 0)
      let found = try await Self.changes(daemon)
      #expect(found.current == false)
      #expect(found.paths == [names.string])
      #expect(found.kinds == ["class-file replaced"])
      try "b\n".write(
        toFile: directory.appending("cert.pem").string, atomically: false, encoding: .utf8)
      #expect(
        try await Self.changes(daemon).kinds == ["class-file replaced", "tls-file modified"])
    }
  }
}
