// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport
import Testing

/// The audit's verdict on files of maps and of TLS, compared with what the real sendmail says of them.
@Suite("The audit of maps and the real sendmail", .needsRealSendmail, .needsRoot)
struct RealMapTests {
  /// The directories, by mode, and in each a database that is refused in one place and not in another.
  private static let directories: [(name: String, mode: UInt16)] = [
    ("safe", 0o755), ("shared", 0o775), ("open", 0o777), ("sticky", 0o1777),
  ]
  private static let names = ["plain", "hard", "link", "none"]
  private static let options = ["", "O DontBlameSendmail=MapInUnsafeDirPath"]

  @Test(
    "sendmail opens what the audit does not object to, and names the same reason",
    arguments: options)
  func maps(option: String) async throws {
    let sendmail = try await RealSendmail.required()
    try await withTemporaryDirectory(below: "/var/lib") { directory in
      try TreeEntry.directory("", 0o755).make(below: directory.path)
      try Self.makeFiles(in: directory)
      let maps = Self.directories.flatMap { place in
        Self.names.map { (map: "m\(place.name)\($0)", path: directory["\(place.name)/\($0)"]) }
      }
      let file = try directory.write(
        (["V10/Berkeley", "O QueueDirectory=\(directory["mq"])", option]
          + maps.map { "K\($0.map) text \($0.path)" }
          + maps.map { "K\($0.map)db hash \($0.path)" } + ScratchDaemon.mailers)
          .joined(separator: "\n") + "\n", to: "sendmail.cf")
      let questions = maps.map { "/map \($0.map) a\n/map \($0.map)db a\n" }.joined()
      let outcome = try await ProcessRunner.run(
        sendmail.binary, ["-C\(file)", "-bt"],
        environment: sendmail.environment.mapValues { .some($0) },
        input: Array(questions.utf8), workingDirectory: directory.path)
      let resolved = try ConfigurationReader().read(file: file)
      let report = AuditReport(
        ofThisMachine: resolved, isClient: false, observation: .daemon(of: 0))
      let findings = report.findings.filter { $0.rule.name.hasPrefix("map.") }
      for map in maps {
        // A database that sendmail opens is none, so that it has other words for that.
        for (path, kind) in [(map.path, "text"), (FilePath("\(map.path).db"), "hash")] {
          let real = outcome.output.split(separator: "\n").first {
            $0.contains("\(kind) map \"\(map.map)\(kind == "hash" ? "db" : "")\": ")
              && ($0.contains("unsafe map file \(path)") || $0.contains("missing map file \(path)"))
          }
          let ours = findings.first { $0.path == Array(path.string.utf8) }
          #expect(
            (real != nil) == (ours != nil),
            "\(path): \(real ?? "opened"), \(ours?.found ?? "no finding")")
          // Of a text sendmail says no more than that it is unsafe.
          guard let real, let ours, kind == "hash" else { continue }
          let isMissing = real.contains("missing map file")
          #expect(ours.rule == (isMissing ? .mapMissing : .mapUnsafe), "\(real)")
          if !isMissing, let reason = real.split(separator: ": ").last {
            #expect(ours.found.hasSuffix(reason), "\(real)")
          }
        }
      }
    }
  }

  private static func makeFiles(in directory: TemporaryDirectory) throws {
    let manager = FileManager.default
    try directory.makeDirectory("mq")
    for (name, mode) in directories {
      try directory.makeDirectory(name)
      for suffix in ["", ".db"] {
        try directory.write("a b\n", to: "\(name)/plain\(suffix)")
        try directory.write("a b\n", to: "\(name)/target\(suffix)")
        try directory.link("\(name)/link\(suffix)", to: directory["safe/plain\(suffix)"])
        try manager.linkItem(
          atPath: directory["\(name)/target\(suffix)"].string,
          toPath: directory["\(name)/hard\(suffix)"].string)
      }
      try manager.setAttributes(
        [.posixPermissions: Int(mode)], ofItemAtPath: directory[name].string)
    }
  }
}
