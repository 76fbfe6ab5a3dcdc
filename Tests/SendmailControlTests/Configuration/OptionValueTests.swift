// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// The reading of values.
@Suite struct OptionValueTests {
  @Test(
    "Integers",
    arguments: [
      ("12abc", 12), ("abc", 0), ("", 0), ("-5", -5), ("+7", 7), (" \t8", 8), ("0x1F", 0),
      ("- 3", 0),
      ("4294967296", 0), ("2147483648", -2_147_483_648), ("99999999999999999999", -1),
    ])
  func integers(_ text: String, _ number: Int) {
    #expect(OptionValue.integer(text.utf8) == number)
  }

  @Test(
    "Longs",
    arguments: [
      ("9223372036854775807", Int.max), ("9223372036854775808", .max),
      ("-9223372036854775808", .min),
      ("-9999999999999999999", .min), ("771999", 771_999),
    ])
  func longs(_ text: String, _ number: Int) {
    #expect(OptionValue.long(text.utf8) == number)
  }

  @Test(
    "Truths",
    arguments: [
      ("", true), ("T", true), ("yes", true), ("f", false), ("1", false), (" t", false),
    ])
  func truths(_ text: String, _ truth: Bool) {
    #expect(OptionValue.truth(text.utf8) == truth)
  }

  @Test("Modes", arguments: [("0640", 0o640), ("8", 0), ("1777", 0o777), ("06x", 6), ("", 0)])
  func modes(_ text: String, _ mode: UInt16) {
    #expect(OptionValue.mode(text.utf8) == mode)
  }

  @Test(
    "Times",
    arguments: [
      ("3", 180, ""), ("90s", 90, ""), ("1m30s", 90, ""), ("0", 0, ""), ("NOW", 0, ""), ("", 0, ""),
      ("1w2d3h4m5s", 788_645, ""), ("-2m", -120, ""), ("5x", 300, "x"), ("1m 5", 360, " "),
      ("s5", 300, ""),
      ("zz", 0, "zz"),
    ])
  func times(_ text: String, _ seconds: Int, _ unknown: String) {
    let time = OptionValue.time(text.utf8, unit: .minutes)
    #expect(time.seconds == seconds)
    #expect(time.unknownUnits == Array(unknown.utf8))
  }

  private static func configuration(_ text: String) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: Array(text.utf8), file: "x.cf", accounts: TestMachine.reference,
      machine: .reference)
  }

  @Test("Defaults")

  func defaults() {
    let configuration = Self.configuration("")
    #expect(configuration.queueLA == 8)
    #expect(configuration.refuseLA == 12)
    #expect(configuration.maximumDaemonChildren == 0)
    #expect(configuration.trustedUserID == 0)
    #expect(configuration.runAsUser == nil)
    #expect(configuration.helpFile == nil)
    #expect(configuration.sharedMemoryKey == 0)
    #expect(configuration.timeout(.control) == 120)
    #expect(configuration.timeout(.queuereturnNormal) == 5 * 86_400)
    #expect(configuration.pidFile.bytes == Array("/var/run/sendmail/mta/sendmail.pid".utf8))
    #expect(configuration.controlSocket == .unset)
    #expect(configuration.baseQueueDirectory.path == Array("mqueue".utf8))
    #expect(
      configuration.baseQueueDirectory.problem?.message == "QueueDirectory (Q) option must be set")
    #expect(configuration.startup(with: nil, as: .reader).exitStatus == 78)
  }

  @Test(
    "Run as user",
    arguments: [
      ("smmta", 102, 105), ("smmta:smmsp", 102, 106), ("smmta.7x", 102, 7), ("102/106", 102, 106),
      ("102", 102, nil), ("smmta:", 102, 105),
    ] as [(String, UInt32, UInt32?)])
  func runAsUser(_ text: String, _ user: UInt32, _ group: UInt32?) throws {
    let runAs = try #require(Self.configuration("O RunAsUser=\(text)\n").runAsUser)
    #expect(runAs.userID == user)
    #expect(runAs.groupID == group)
  }

  @Test("Old forms that set two options")

  func oldFormsThatSetTwoOptions() {
    let configuration = Self.configuration("Ob100/5000\nOT3d/4h\n")
    #expect(configuration.minimumFreeBlocks == 100)
    #expect(configuration.setting(.maxMessageSize)?.value == Array("5000".utf8))
    #expect(configuration.timeout(.queuereturn) == 3 * 86_400)
    #expect(configuration.timeout(.queuewarnNormal) == 4 * 3600)
  }

  @Test("Unsafe group writes is blame too")

  func unsafeGroupWritesIsBlameToo() {
    let configuration = Self.configuration(
      "O DontBlameSendmail=TrustStickyBit\nO DontBlameSendmail=safe\nO UnsafeGroupWrites=f\n")
    #expect(
      configuration.dontBlameSendmail == [
        .groupwritableforwardfilesafe, .groupwritableincludefilesafe,
      ])
  }

  // Each result is what `sendmail -d0.20` shows as its PID file.
  @Test(
    "Pid file",
    arguments: [
      ("", "/p$x", "/p"), ("Dxfoo\n", "/p$x$x", "/pfoofoo"), ("D{z}/v\n", "${z}/pid", "/v/pid"),
      ("Dxa\n", "/p$?x-$x$|none$.", "/p-a"), ("", "/p$?x-$x$|none$.", "/pnone"),
      ("", "/p$?x$?n1$|2$.$|3$.4", "/p34"), ("Dxa$y\nDy\"b c\"\\n\n", "/p$x", "/pab c\n"),
      ("", "/p$n", "/pMAILER-DAEMON"), ("", "/a$$b\\#c", "/a$b#c"),
    ])
  func pidFile(_ macros: String, _ value: String, _ expected: String) {
    let configuration = Self.configuration("V10\n\(macros)O PidFile=\(value)\n")
    #expect(configuration.pidFile.bytes == Array(expected.utf8))
  }

  @Test("Host names in macros")

  func hostNamesInMacros() {
    let machine = Machine(hostName: Array("mta.example.org".utf8))
    let configuration = SendmailConfiguration(
      parsing: Array("V10\nO PidFile=/$w/$m/$j\n".utf8), file: "x.cf", machine: machine)
    #expect(configuration.pidFile.bytes == Array("/mta/example.org/mta.example.org".utf8))
  }

  @Test("A macro that names itself ends")

  func aMacroThatNamesItselfEnds() {
    let configuration = Self.configuration("V10\nDx$x$x\nO PidFile=/p$x\n")
    #expect(configuration.pidFile.count <= 4095)
  }
}
