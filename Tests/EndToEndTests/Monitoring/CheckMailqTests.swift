// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// Debian's check_mailq beside smcontrol, on the same queue.
///
/// The plugin is the package's own. Only the path of mailq in its utils.pm is another: a script that runs the
/// real sendmail with the test's configuration.
private struct MailqPlugin {
  static let directory = FilePath("/usr/lib/nagios/plugins")

  let place: TemporaryDirectory

  /// True if there is one: always in CI, where its absence is an error.
  static func isThere() -> Bool {
    WantedTests.mayExpect(
      FileManager.default.isReadableFile(atPath: directory.appending("check_mailq").string),
      otherwise: """
        check_mailq is not compared with smcontrol: it is not there (monitoring-plugins-standard)
        """)
  }

  /// The plugin in `place`, with a mailq that runs `script`.
  init(in place: TemporaryDirectory, mailq script: String) throws {
    self.place = place
    try place.makeDirectory("plugin")
    try FileManager.default.copyItem(
      atPath: Self.directory.appending("check_mailq").string,
      toPath: place["plugin/check_mailq"].string)
    let utilities = try String(
      contentsOfFile: Self.directory.appending("utils.pm").string, encoding: .utf8)
    let line = try #require(
      utilities.split(separator: "\n").first { $0.hasPrefix("$PATH_TO_MAILQ ") })
    try place.write(
      utilities.replacing(line, with: "$PATH_TO_MAILQ = '\(place["mailq"])';"),
      to: "plugin/utils.pm")
    try place.write("#!/bin/sh\n\(script)\n", to: "mailq")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: place["mailq"].string)
  }

  /// Runs it with these thresholds.
  func run(_ warning: Int, _ critical: Int, user: SystemUser?) async throws -> ProcessOutcome {
    try await ProcessRunner.run(
      "/usr/bin/perl",
      [
        place["plugin/check_mailq"].string, "-M", "sendmail", "-w", "\(warning)", "-c",
        "\(critical)",
        "-t", "2",
      ], user: user)
  }
}

/// A queue, and what the two say of it.
private struct MailqRow: Sendable, CustomTestStringConvertible {
  /// The name, which is that in the documentation for one where check_mailq is not right.
  let testDescription: String
  /// More lines of sendmail.cf; `@DIR@` is the directory.
  var lines: [String] = []
  var queueDirectory = "mqueue"
  /// The numbers of files, by their directory and the first letter of the control file's name.
  var messages: [String: Int] = [:]
  /// True to run as a user who is not in the group of the queue.
  var isOrdinary = false
  /// True if only the owner may read the queue.
  var isPrivate = false
  /// The script instead of mailq.
  var script: String?
  /// The thresholds of both.
  var thresholds = (2, 4)
  /// The exit status of check_mailq, and a part of its output.
  let mailq: (Int32, String)
  /// The options of `check`, its exit status, and a part of its output.
  var words = ["--messages", "1,3"]
  let check: (Int32, String)

  /// The cases in which both are right. check_mailq's thresholds are reached, those of a range are exceeded.
  static let equal = [
    MailqRow(
      testDescription: "an empty queue", mailq: (0, "mailq is empty|unsent=0;"),
      check: (0, "messages=0;")),
    MailqRow(
      testDescription: "a message", messages: ["mqueue/q": 1], mailq: (0, "(1)"),
      check: (0, "messages=1;")),
    MailqRow(
      testDescription: "as many as the warning", messages: ["mqueue/q": 2],
      mailq: (1, "WARNING: sendmail mailq is 2"), check: (1, "messages=2;")),
    MailqRow(
      testDescription: "as many as the critical number", messages: ["mqueue/q": 4],
      mailq: (2, "CRITICAL: sendmail mailq is 4"), check: (2, "messages=4;")),
    MailqRow(
      testDescription: "several directories", queueDirectory: "mqueue/q*",
      messages: ["mqueue/q1/q": 1, "mqueue/q2/q": 2], mailq: (1, "mailq is 3"),
      check: (1, "messages=3;")),
    MailqRow(
      testDescription: "queue groups", lines: ["Qslow, P=@DIR@/mqueue/slow"],
      messages: ["mqueue/q": 1, "mqueue/slow/q": 4], mailq: (2, "mailq is 5"),
      check: (2, "messages=5;")),
    MailqRow(
      testDescription: "an alias database that is not there",
      lines: ["O AliasFile=hash:@DIR@/none/aliases"], messages: ["mqueue/q": 2],
      mailq: (1, "mailq is 2"), check: (1, "messages=2;")),
  ]

  /// The cases in which check_mailq is not right, each as the table of the documentation has it.
  static let different = [
    MailqRow(
      testDescription: "`restrictmailq`, and no permission",
      lines: ["O PrivacyOptions=restrictmailq"],
      messages: ["mqueue/q": 9], isOrdinary: true, mailq: (0, "OK: sendmail mailq is empty"),
      check: (3, "you are not permitted to see the queue")),
    MailqRow(
      testDescription: "a queue directory that may not be read", messages: ["mqueue/q": 9],
      isOrdinary: true, isPrivate: true, mailq: (2, "CRITICAL: Error code 78"),
      check: (3, "Permission denied")),
    MailqRow(
      testDescription: "a queue directory that is missing", queueDirectory: "mqueue/none/x",
      mailq: (2, "CRITICAL: Error code 78"), check: (3, "No such file or directory")),
    MailqRow(
      testDescription: "mailq hangs", messages: ["mqueue/q": 9], script: "exec sleep 20",
      mailq: (1, "ERROR: timed out"), check: (2, "messages=9;")),
    MailqRow(
      testDescription: "mailq fails", messages: ["mqueue/q": 1], script: "exit 75",
      mailq: (2, "CRITICAL: Error code 75"), check: (0, "messages=1;")),
    MailqRow(
      testDescription: "messages in quarantine", messages: ["mqueue/h": 9],
      mailq: (0, "mailq is empty"), words: ["--quarantined"], check: (1, "quarantined=9;")),
    MailqRow(
      testDescription: "lost messages", messages: ["mqueue/Q": 9], mailq: (0, "mailq is empty"),
      words: ["--lost"], check: (1, "lost=9;")),
    MailqRow(
      testDescription: "bodies without a control file", messages: ["mqueue/": 9],
      mailq: (0, "mailq is empty"), words: ["--incomplete"], check: (1, "incomplete=9;")),
    MailqRow(
      testDescription: "the client queue", messages: ["clientmqueue/q": 9],
      mailq: (0, "mailq is empty"), words: ["--all", "--messages", "1,3"],
      check: (2, "messages=9;")),
    MailqRow(
      testDescription: "an old message", messages: ["mqueue/q": 1], mailq: (0, "(1)"),
      words: ["--oldest", "1h,1d"], check: (1, "oldest=7")),
  ]
}

@Suite("check beside Debian's check_mailq", .needsRealSendmail)
struct CheckMailqTests {
  @Test(
    "They agree where check_mailq is right", .enabled { MailqPlugin.isThere() },
    arguments: MailqRow.equal)
  private func equal(_ row: MailqRow) async throws { try await compare(row) }

  @Test(
    "Each row of the documentation's table holds", .enabled { MailqPlugin.isThere() },
    arguments: MailqRow.different)
  private func different(_ row: MailqRow) async throws { try await compare(row) }

  @Test("The documentation has these rows and no other")
  func documentation() throws {
    let text = try String(
      contentsOfFile: ProjectFiles.file("docs/how-to/icinga-nagios.md").string, encoding: .utf8)
    let table = try #require(text.firstRange(of: "| situation |"))
    let rows = text[table.lowerBound...].split(separator: "\n\n")[0].split(separator: "\n")
      .dropFirst(2).map { $0.split(separator: "|")[0].trimmingCharacters(in: .whitespaces) }
    #expect(rows.sorted() == MailqRow.different.map(\.testDescription).sorted())
  }

  private func compare(_ row: MailqRow) async throws {
    if row.isOrdinary, !SystemUser.isRoot { return }
    let place = try TemporaryDirectory()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: place.path.string)
    let real = try await RealSendmail.required()
    let sendmail = row.isOrdinary ? try real.copied(to: place) : real
    try write(row, in: place)
    let variables = sendmail.environment.map { "\($0)='\($1)'" }.joined(separator: " ")
    let plugin = try MailqPlugin(
      in: place,
      mailq: row.script
        ?? "exec env \(variables) '\(sendmail.binary)' -C'\(place["sendmail.cf"])' -bp")
    let user = row.isOrdinary ? try SystemUser.ordinary() : nil
    let theirs = try await plugin.run(row.thresholds.0, row.thresholds.1, user: user)
    #expect(theirs.status == row.mailq.0, "\(theirs.output)\(theirs.errorOutput)")
    #expect(theirs.output.contains(row.mailq.1), "\(theirs.output)")
    let ours = try await SMControlRun.run(
      ["-C", place["sendmail.cf"].string, "check"] + row.words, user: user)
    #expect(ours.status == row.check.0, "\(ours.output)\(ours.errorOutput)")
    #expect(ours.output.contains(row.check.1), "\(ours.output)")
  }

  /// Writes the configurations and the queues of `row`.
  private func write(_ row: MailqRow, in place: TemporaryDirectory) throws {
    for name in ["mqueue", "mqueue/q1", "mqueue/q2", "mqueue/slow", "clientmqueue"] {
      try place.makeDirectory(name)
    }
    func configuration(_ queue: String, _ lines: [String]) -> String {
      (["V10/Berkeley", "O QueueDirectory=\(place[queue])"] + ScratchDaemon.mailers + lines)
        .map { $0.replacing("@DIR@", with: place.path.string) }.joined(separator: "\n") + "\n"
    }
    try place.write(configuration(row.queueDirectory, row.lines), to: "sendmail.cf")
    try place.write(configuration("clientmqueue", ["O UseMSP=True"]), to: "submit.cf")
    let time = Int(Date().timeIntervalSince1970) - 7200
    for (prefix, count) in row.messages {
      let slash = try #require(prefix.lastIndex(of: "/"))
      let (directory, kind) = (prefix[...slash], prefix[slash...].dropFirst())
      for number in 0..<count {
        // No time of sendmail's: that of the file counts.
        let id = "zz00000\(number)10000\(number)"
        if !kind.isEmpty {
          let control =
            "V8\nT\(time)\nK0\nN0\nP30000\nFs\nS<me@example.org>\nRPFD:<you@example.com>\n.\n"
          try setTime(time, of: try place.write(control, to: "\(directory)\(kind)f\(id)"))
        }
        try setTime(time, of: try place.write("text\n", to: "\(directory)df\(id)"))
      }
    }
    for file in ["sendmail.cf", "submit.cf"] {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o644], ofItemAtPath: place[file].string)
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: row.isPrivate ? 0o700 : 0o755], ofItemAtPath: place["mqueue"].string)
  }

  private func setTime(_ time: Int, of file: FilePath) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: Double(time))], ofItemAtPath: file.string)
  }
}
