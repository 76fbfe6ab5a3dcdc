// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// The report on whether sendmail would start.
@Suite("The report on a start") struct StartupReportTests {
  private static func report(_ lines: String, file: String = "/etc/mail/x.cf") -> StartupReport {
    let configuration = SendmailConfiguration(
      parsing: Array(lines.utf8), file: file, accounts: StartupCase.machine, machine: .reference,
      conditions: ReadingConditions(files: StartupCase.machine, isDefaultFile: false))
    return StartupReport(
      configuration, queues: QueueDirectories(of: configuration, in: StartupCase.machine))
  }

  private static let tail = "Mlocal, P=/x, A=a\nO QueueDirectory=/etc\n"
  private static let broken = report(
    "V10\nFw/none\nKa mysql /x\nMm, P=[IPC], A=IPC h\nO QueueLA=20\nO RefuseLA=12\n" + tail)

  @Test("All is well")

  func allIsWell() {
    let report = Self.report("V10\n" + Self.tail)
    #expect(report.wouldStart)
    #expect(report.classic == "sendmail would start\n")
  }

  @Test("The lines for scripts end with the verdict")

  func theLinesForScriptsEnd() {
    #expect(
      Self.broken.classic == """
        /etc/mail/x.cf: line 2: fileclass: cannot open '/none': No such file or directory \
        (column 3; sendmail would not start: exit status 71)
        /etc/mail/x.cf: line 3: readcf: map a: class mysql not available \
        (column 2; sendmail would not start: exit status 70)
        Mm: Warning: first argument in [IPC] mailer must be TCP or FILE \
        (at 4:1; sendmail only warns)
        note: the map classes are assumed to be those of Debian's sendmail; --sendmail of config --check names a program to ask
        note: QueueLA 20 is above RefuseLA 12: connections are refused before messages are only queued
        sendmail would not start: exit status 71

        """)
  }

  @Test("On a terminal the verdict comes first")

  func onATerminalTheVerdictComes() {
    let text = Self.broken.terminal(
      TerminalStyle(width: 72))
    let lines = text.split(separator: "\n")
    #expect(lines.first == "/etc/mail/x.cf: sendmail would not start: exit status 71")
    #expect(lines.contains { $0.hasPrefix("  error    /etc/mail/x.cf: line 2: fileclass:") })
    #expect(lines.contains { $0.hasPrefix("  warning  Mm: Warning") })
    #expect(lines.contains { $0.hasPrefix("  note     QueueLA 20 is above RefuseLA 12") })
    #expect(lines.allSatisfy { $0.count <= 72 })
  }

  private struct Decoded: Decodable {
    struct Diagnostic: Decodable { var severity: String }
    var schema: String
    var file: String
    var wouldStart: Bool
    var exitStatus: Int32?
    var diagnostics: [Diagnostic]
    var notes: [String]
    var assumesMapClasses: Bool
  }

  @Test("As JSON")

  func asJSON() throws {
    let data = try JSONEncoder().encode(Self.broken.document)
    let decoded = try JSONDecoder().decode(Decoded.self, from: data)
    #expect(decoded.schema == "smcontrol.startup/1")
    #expect(decoded.file == "/etc/mail/x.cf")
    #expect(!decoded.wouldStart)
    #expect(decoded.exitStatus == 71)
    #expect(decoded.diagnostics.map(\.severity) == ["error", "error", "warning"])
    #expect(decoded.notes.count == 1)
    #expect(decoded.assumesMapClasses)
    let well = try JSONEncoder().encode(Self.report("V10\n" + Self.tail).document)
    #expect(String(decoding: well, as: UTF8.self).contains("\"exitStatus\":null"))
  }

  @Test("More than 20 of one kind are counted")

  func moreThan20OfOneKind() {
    func lines(_ count: Int) -> [String] {
      let text = "V10\n" + String(repeating: "zz \"x\"\n", count: count) + Self.tail
      return Self.report(text).classic.split(separator: "\n").map(String.init)
    }
    #expect(lines(20).count == 21)
    #expect(lines(21).count == 3)
    #expect(lines(21)[1] == "and 20 more of this kind")
  }

  @Test("The source for m4 is one line")

  func theSourceForM4() {
    let source = """
      divert(0)dnl
      define(`confA', `x')dnl
      FEATURE(`use_cw_file')dnl
      MAILER(smtp)dnl

      """
    let report = Self.report(source, file: "/etc/mail/sendmail.mc")
    #expect(
      report.classic == """
        /etc/mail/sendmail.mc: this is the source for m4, not a configuration: name the .cf file \
        that m4 makes of it (sendmail would not start: exit status 78)
        sendmail would not start: exit status 78

        """)
    #expect(Self.report("V10\n" + source + Self.tail).startup.messages.count > 3)
  }

  @Test(
    "Limits that never act",
    arguments: [
      ("O QueueLA=20\nO RefuseLA=12", "QueueLA 20 is above RefuseLA 12"),
      ("O QueueLA=12\nO RefuseLA=12", nil), ("O QueueLA=20\nO RefuseLA=0", nil),
      ("O DelayLA=20\nO RefuseLA=12\nO QueueLA=1", "DelayLA 20 is above RefuseLA 12"),
      (
        "O DaemonPortOptions=Name=MTA, queueLA=9, refuseLA=3",
        "queueLA 9 of port MTA is above refuseLA 3"
      ),
      ("O DaemonPortOptions=Name=MTA, refuseLA=99", nil),
      (
        "O MaxDaemonChildren=5\nO DaemonPortOptions=Name=MTA, children=7",
        "children 7 of port MTA is above MaxDaemonChildren 5"
      ),
      ("O DaemonPortOptions=Name=MTA, children=7", nil),
      (
        "O MaxQueueChildren=2\nO MaxRunnersPerQueue=3",
        "MaxRunnersPerQueue 3 is above MaxQueueChildren 2"
      ),
    ] as [(String, String?)])
  func limitsThatNeverAct(_ lines: String, _ note: String?) {
    let notes = Self.report("V10\n\(lines)\n" + Self.tail).notes
    #expect(notes.count == (note == nil ? 0 : 1))
    #expect(note == nil || notes.first?.hasPrefix(note ?? "") == true)
  }

  @Test("No judgement depends on a path that this user may not look up")
  func unchecked() {
    let line = "Fw/etc/secret/hosts\n"
    func report(_ unchecked: Set<[UInt8]>) -> StartupReport {
      let configuration = SendmailConfiguration(
        parsing: Array(("V10\n" + line + Self.tail).utf8), file: "x.cf",
        conditions: ReadingConditions(files: StartupCase.machine, isDefaultFile: false))
      return StartupReport(configuration, queues: nil, unchecked: unchecked)
    }
    let path = Array("/etc/secret/hosts".utf8)
    #expect(!report([]).wouldStart)
    #expect(report([]).isComplete)
    #expect(report([path]).wouldStart)
    #expect(!report([path]).isComplete)
    #expect(report([path]).classic.contains("not checked: /etc/secret/hosts: Permission denied\n"))
    #expect(report([path]).verdict == "sendmail would start, as far as this user can check")
    #expect(!report([Array("/other".utf8)]).wouldStart)
  }

  @Test("An option without a name has its letter")

  func anOptionWithoutAName() {
    let configuration = SendmailConfiguration(parsing: Array("V10\nOg1\nOu1\n".utf8), file: "x.cf")
    let names = configuration.entries.map(\.name)
    #expect(names.contains("g"))
    #expect(!names.contains(""))
  }
}
