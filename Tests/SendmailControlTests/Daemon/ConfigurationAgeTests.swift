// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

@Suite("The age of a daemon's configuration")
struct ConfigurationAgeTests {
  typealias Age = ConfigurationAge

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// A moment so many seconds after the daemon read its configuration.
  static func moment(_ seconds: Int) -> Fact<Age.Moment> {
    .known(
      Age.Moment(
        sinceEpoch: .seconds(1_000_000 + seconds),
        local: CalendarTime(
          year: 2026, month: 11, day: 21, hour: 12, minute: 0, second: max(0, seconds))))
  }

  static func age(_ files: [Age.File], read: Fact<Age.Moment> = moment(0)) -> Age {
    Age(
      read: read, files: [Age.File(bytes("/m/s.cf"), .configuration, modified: moment(-9))] + files)
  }

  struct Row: Sendable {
    let age: Age
    let isCurrent: Bool?
    var lines: [String] = []
    var unknown: [String] = []
  }

  static let rows: [Row] = [
    Row(age: age([]), isCurrent: true),
    // Of the same moment: sendmail reads first.
    Row(age: age([Age.File(bytes("/m/w"), .classFile, modified: moment(0))]), isCurrent: true),
    Row(
      age: age([Age.File(bytes("/m/w\u{1B}"), .classFile, modified: moment(1))]), isCurrent: false,
      lines: [
        "/m/w\\x1B was changed at 2026-11-21 12:00:01, after the daemon read its configuration"
      ]),
    // A backup that was put back.
    Row(
      age: age([
        Age.File(bytes("/m/w"), .classFile, modified: moment(-5), replaced: moment(2).value)
      ]), isCurrent: false,
      lines: [
        """
        /m/w was replaced, or its owner or mode was changed, at 2026-11-21 12:00:02, after the \
        daemon read its configuration
        """
      ]),
    Row(
      age: age([
        Age.File(bytes("/m/w"), .classFile, modified: moment(-5), replaced: moment(0).value)
      ]), isCurrent: true),
    // Debian's Makefile goes by the contents.
    Row(
      age: age([
        Age.File(bytes("/m/w"), .reloadRule, modified: moment(-5), replaced: moment(2).value)
      ]), isCurrent: true),
    // Most users may not see a key.
    Row(
      age: age([
        Age.File(bytes("/m/k"), .tls, isOptional: true, modified: .unknown(reason: "WHY"))
      ]), isCurrent: true),
    Row(
      age: age([Age.File(bytes("/m/w"), .classFile, modified: .absent)]), isCurrent: false,
      lines: ["/m/w is not there any more; the daemon still uses its contents"]),
    Row(
      age: age([Age.File(bytes("/m/w"), .classFile, isOptional: true, modified: .absent)]),
      isCurrent: true),
    Row(
      age: age([Age.File(bytes("/m/w"), .classFile, modified: .unknown(reason: "WHY"))]),
      isCurrent: nil, unknown: ["/m/w: WHY"]),
    // The source counts beside the file that is made of it, whenever the daemon started.
    Row(
      age: age([Age.File(bytes("/m/s.mc"), .source, isOptional: true, modified: moment(-8))]),
      isCurrent: false, lines: ["/m/s.mc is newer than the configuration file that is made of it"]),
    Row(
      age: age([Age.File(bytes("/m/s.mc"), .source, isOptional: true, modified: moment(-10))]),
      isCurrent: true),
    Row(
      age: age([Age.File(bytes("/m/s.mc"), .source, isOptional: true, modified: .absent)]),
      isCurrent: true),
    // Nothing tells when the daemon read it.
    Row(
      age: age(
        [Age.File(bytes("/m/w"), .classFile, modified: moment(1))], read: .unknown(reason: "WHY")),
      isCurrent: nil, unknown: ["WHY"]),
    Row(
      age: age([], read: .absent), isCurrent: nil,
      unknown: ["it is not known when the daemon read its configuration"]),
    Row(
      age: age(
        [Age.File(bytes("/m/s.mc"), .source, isOptional: true, modified: moment(5))],
        read: .absent), isCurrent: false,
      lines: ["/m/s.mc is newer than the configuration file that is made of it"],
      unknown: ["it is not known when the daemon read its configuration"]),
  ]

  @Test("Changed files, and files that cannot be read", arguments: rows.indices)
  func changes(index: Int) {
    let row = Self.rows[index]
    #expect(row.age.isCurrent == row.isCurrent)
    #expect(row.age.lines == row.lines)
    #expect(row.age.unknown == row.unknown)
    #expect((row.age.warning == nil) == row.lines.isEmpty)
  }

  @Test("A warning names the files and what makes the daemon read them")
  func warning() {
    let age = Self.age([
      Age.File(Self.bytes("/m/w"), .classFile, modified: Self.moment(1)),
      Age.File(Self.bytes("/m/r"), .classFile, modified: .absent),
      Age.File(Self.bytes("/m/s.mc"), .source, isOptional: true, modified: Self.moment(5)),
    ])
    #expect(
      age.warning == """
        the daemon runs with an older configuration: /m/w, /m/r changed since it started; a restart \
        makes it read them
        """)
  }

  @Test("The files that sendmail reads when it starts, each once")
  func files() {
    let text = """
      V10/Berkeley
      Fw/m/w
      Fw-o /m/w
      FR-o /m/relay %[^\\#]
      Ft relative
      Fp|/bin/echo a
      Fq@hash:/m/map
      O ServerCertFile=/m/cert,/m/second
      O DHParameters=2048
      O CACertFile=ca
      """
    let configuration = SendmailConfiguration(parsing: Self.bytes(text + "\n"), file: "/m/s.cf")
    let makefile = """
      all: sendmail /run/stampdir/reload
      /run/stampdir/reload: \\
      \t/m/relay \\
      \t/m/sendmail.conf
      \t@echo /m/none
      """
    let files = Age.files(
      of: configuration, at: Self.bytes("/m/s.cf"), makefile: Self.bytes(makefile))
    #expect(
      files == [
        Age.File(Self.bytes("/m/s.cf"), .configuration),
        Age.File(Self.bytes("/m/w"), .classFile),
        Age.File(Self.bytes("/m/relay"), .classFile, isOptional: true),
        Age.File(Self.bytes("/m/cert"), .tls, isOptional: true),
        Age.File(Self.bytes("/m/second"), .tls, isOptional: true),
        Age.File(Self.bytes("/m/sendmail.conf"), .reloadRule, isOptional: true),
        Age.File(Self.bytes("/m/s.mc"), .source, isOptional: true),
      ])
    let other = Age.files(of: configuration, at: Self.bytes("/m/cf"))
    #expect(!other.contains { $0.role == .source })
  }

  @Test(
    "Only the rule of Debian's stamp has files",
    arguments: [
      "", "all: /a\n", "x/stampdir/reload\n", "/stampdir/reload:", "/stampdir/reload:\n\t/a\n",
    ])
  func noRule(makefile: String) {
    #expect(DebianMakefile.reloadFiles(in: Self.bytes(makefile)) == [])
  }
}
