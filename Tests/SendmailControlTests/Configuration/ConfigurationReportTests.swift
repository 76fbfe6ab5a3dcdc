// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// The texts of `smcontrol config`.
@Suite struct ConfigurationReportTests {
  private static let resolved = ResolvedConfiguration(
    SendmailConfiguration(
      parsing: Array(
        """
        V10/Berkeley
        D{dir}/var
        O QueueDirectory=\(TestMachine.referenceRoot)/mq/q.*
        O Control=ctl
        O PidFile=${dir}/$j\\tx
        O PrivacyOptions=noexpn
        O PrivacyOptions=novrfy
        O Timeout.control=90s
        Qslow, P=\(TestMachine.referenceRoot)/mq/s*, R=2, F=f
        O Bogus=1
        Mlocal, P=/bin/true, A=true

        """.utf8), file: "/etc/mail/sendmail.cf", overrides: [.long("LogLevel=14")],
      accounts: TestMachine.reference, machine: .reference), in: TestMachine.reference)

  private static let listing = ConfigurationReport(
    resolved, queues: QueueDirectories(of: resolved.configuration, in: TestMachine.reference))

  @Test("Classic")

  func classic() {
    let lines = Self.listing.classic.split(separator: "\n").map(String.init)
    for line in [
      "QueueDirectory=\(TestMachine.referenceRoot)/mq/q.*", "ControlSocketName=ctl",
      "PidFile=${dir}/$j\\\\tx", "PrivacyOptions=noexpn", "PrivacyOptions=novrfy",
      "Timeout.control=90s", "Timeout.ident=5s", "LogLevel=14", "MaxDaemonChildren=0",
      "QueueGroup=mqueue, P=\(TestMachine.referenceRoot)/mq/q.*",
      "QueueGroup=slow, P=\(TestMachine.referenceRoot)/mq/s*, F=f, R=2",
    ] {
      #expect(lines.count { $0 == line } == 1, "\(line)")
    }
    #expect(
      lines.suffix(2) == [
        "control-socket=\(TestMachine.referenceRoot)/mq/ctl",
        "base-queue-directory=\(TestMachine.referenceRoot)/mq",
      ])
  }

  @Test("Terminal names origins")

  func terminalNamesOrigins() {
    let lines = Self.listing.terminal(TerminalStyle()).split(separator: "\n")
    func line(_ name: String) -> [Substring] {
      lines.first { $0.hasPrefix(name + " ") }?.split(separator: " ") ?? []
    }
    #expect(line("ControlSocketName") == ["ControlSocketName", "ctl", "line", "4"])
    #expect(line("LogLevel") == ["LogLevel", "14", "command", "line"])
    #expect(line("MaxDaemonChildren") == ["MaxDaemonChildren", "0", "default"])
    #expect(line("HelpFile") == ["HelpFile", "default"])
    #expect(!lines.contains { $0.hasSuffix(" ") })
  }

  @Test("Options are sorted by name, without regard to case")
  func sorted() {
    let names = Self.listing.classic.split(separator: "\n").compactMap {
      $0.split(separator: "=").first.map { $0.lowercased() }
    }
    let options = names.prefix { $0 != "queuegroup" }
    #expect(options.count > 60)
    #expect(Array(options) == options.sorted())
  }

  private static func report(
    _ selection: ConfigurationReport.Selection, valuesOnly: Bool = false
  ) -> ConfigurationReport {
    ConfigurationReport(
      resolved, queues: QueueDirectories(of: resolved.configuration, in: TestMachine.reference),
      selection: selection, valuesOnly: valuesOnly)
  }

  @Test("Changed options are those with another value than sendmail's own")
  func changed() {
    let names = Self.report(.changed).classic.split(separator: "\n").compactMap {
      $0.split(separator: "=").first.map(String.init)
    }
    #expect(
      names == [
        "ControlSocketName", "LogLevel", "PidFile", "PrivacyOptions", "PrivacyOptions",
        "QueueDirectory", "Timeout.control", "QueueGroup",
      ])
    let same = SendmailConfiguration(
      parsing: Array("V10\nO MaxDaemonChildren=0\nO Timeout.control=2m\n".utf8), file: "a.cf")
    #expect(
      ConfigurationReport(
        ResolvedConfiguration(same, in: TestMachine.reference),
        queues: QueueDirectories(of: same, in: TestMachine.reference), selection: .changed
      ).classic == "")
  }

  static let nameCases: [(names: [String], classic: String, unset: [String])] = [
    (["LogLevel"], "LogLevel=14\n", []),
    (
      ["PrivacyOptions", "ControlSocketName"],
      "PrivacyOptions=noexpn\nPrivacyOptions=novrfy\nControlSocketName=ctl\n", []
    ),
    (["HelpFile", "LogLevel"], "LogLevel=14\n", ["HelpFile"]), (["AliasFile"], "", ["AliasFile"]),
    (["Milter"], "", ["Milter"]), (["Timeout.control"], "Timeout.control=90s\n", []),
    (["base-queue-directory"], "base-queue-directory=\(TestMachine.referenceRoot)/mq\n", []),
  ]

  @Test(
    "Names are printed in their order, and those without a value are reported", arguments: nameCases
  )
  func named(names: [String], classic: String, unset: [String]) {
    let report = Self.report(.named(names))
    #expect(report.classic == classic)
    #expect(report.unset == unset)
    let values = classic.split(separator: "\n").map {
      $0.split(separator: "=", maxSplits: 1)[1] + "\n"
    }
    #expect(Self.report(.named(names), valuesOnly: true).classic == values.joined())
  }

  @Test("A name stands for its suboptions, in upper or lower case")
  func names() {
    #expect(ConfigurationNames.name(for: "controlSOCKETname".utf8) == "ControlSocketName")
    #expect(ConfigurationNames.name(for: "timeout.QUEUEWARN.dsn".utf8) == "Timeout.queuewarn.dsn")
    #expect(ConfigurationNames.name(for: "Control".utf8) == nil)
    let lines = Self.report(.named(["Timeout"])).classic.split(separator: "\n")
    #expect(lines.count > 20)
    #expect(lines.allSatisfy { $0.hasPrefix("Timeout.") })
    #expect(Set(ConfigurationNames.all).count == ConfigurationNames.all.count)
  }

  @Test(
    "The table keeps to the width and loses nothing but origins", arguments: [30, 40, 60, 80, 120])
  func width(width: Int) {
    let text = Self.listing.terminal(TerminalStyle(width: width, characters: .utf8))
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= width && !$0.hasSuffix(" ") })
    #expect(!text.contains("…"))
    #expect(lines.contains { $0.hasSuffix("SET BY") } == (width >= 80))
    func letters(_ text: String) -> Set<String> {
      Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
    // A word that is longer than a line is the only one that is broken.
    #expect(letters(text).isSuperset(of: ["PrivacyOptions", "noexpn", "14", "mqueue,"]))
  }

  @Test("Diagnostics")

  func diagnostics() {
    #expect(
      Self.resolved.configuration.diagnostics.map {
        ConfigurationReport.text(of: $0, file: Self.resolved.configuration.file)
      } == [
        "/etc/mail/sendmail.cf: line 4: Option Control used as abbreviation for ControlSocketName "
          + "(column 3; sendmail only warns)",
        "/etc/mail/sendmail.cf: line 10: readcf: unknown option name Bogus "
          + "(column 3; sendmail would not start: exit status 70)",
      ])
  }

  @Test("A continued line shows where the text really is")
  func aContinuedLineShowsWhereTheTextReallyIs() {
    let configuration = SendmailConfiguration(
      parsing: Array("V10\nO PrivacyOptions=noexpn\n ,x\n y\n".utf8), file: "a.cf",
      overrides: [.long("Foo=1")])
    #expect(
      configuration.diagnostics.map { ConfigurationReport.text(of: $0, file: "a.cf") } == [
        "readcf: unknown option name Foo (command line; sendmail would not start: exit status 70)",
        "a.cf: line 4: readcf: Op line: x unrecognized "
          + "(at 3:3; sendmail would not start: exit status 70)",
        "a.cf: line 4: readcf: Op line: y unrecognized "
          + "(column 2; sendmail would not start: exit status 70)",
      ])
  }

  @Test("Control")

  func control() throws {
    let name: [UInt8] = [0x1B, 0x5B, 0x0A, 0xE9, 0x7F, 0x5C, 0x00]
    #expect(ConfigurationValueText.escaped(name) == "\\x1b[\\n\\xe9\\x7f\\\\\\x00")
  }

  private struct Decoded: Decodable {
    struct Option: Decodable {
      var name: String
      var value: String
      var origin: String
      var file: String?
      var line: Int?
    }
    struct Diagnostic: Decodable {
      var message: String
      var severity: String
      var exitCode: Int?
      var line: Int?
      var column: Int?
    }
    var schema: String
    var options: [Option]
    var controlSocket: String?
    var baseQueueDirectory: String
    var daemonExitCode: Int?
    var diagnostics: [Diagnostic]
  }

  @Test("Json")

  func json() throws {
    let queues = QueueDirectories(
      of: Self.resolved.configuration, in: TestMachine.reference)
    let data = try JSONEncoder().encode(ConfigurationDocument(Self.resolved, queues: queues))
    let report = try JSONDecoder().decode(Decoded.self, from: data)
    #expect(report.schema == "smcontrol.config/1")
    #expect(report.controlSocket == "\(TestMachine.referenceRoot)/mq/ctl")
    #expect(report.baseQueueDirectory == "\(TestMachine.referenceRoot)/mq")
    #expect(report.daemonExitCode == 70)
    let socket = try #require(report.options.first { $0.name == "ControlSocketName" })
    #expect(socket.value == "ctl")
    #expect(socket.origin == "file")
    #expect(socket.file == "/etc/mail/sendmail.cf")
    #expect(socket.line == 4)
    let level = try #require(report.options.first { $0.name == "LogLevel" })
    #expect(level.origin == "command line")
    #expect(level.line == nil)
    let error = try #require(report.diagnostics.last)
    #expect(error.severity == "error")
    #expect(error.exitCode == 70)
    #expect([error.line, error.column] == [10, 3])
    #expect(report.diagnostics.first?.severity == "warning")
  }
}
