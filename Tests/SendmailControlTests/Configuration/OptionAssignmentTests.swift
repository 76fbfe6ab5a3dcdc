// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

/// Option lines and overrides.
@Suite struct OptionAssignmentTests {
  private static func configuration(
    _ text: String, _ overrides: OptionOverride...
  ) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: Array(("V10/Berkeley\n" + text).utf8), file: "x.cf", overrides: overrides)
  }

  private static func value(
    _ option: OptionCode, _ configuration: SendmailConfiguration
  ) -> String? {
    configuration.setting(option).map { String(decoding: $0.value, as: UTF8.self) }
  }

  @Test("Overrides are found among arguments")

  func overridesAreFoundAmongArguments() {
    let arguments = ["-bd", "-OA=1", "-q15m", "-O", "B = 2", "-oQ/q", "-o", "L9", "-O"]
    #expect(
      OptionOverride.all(in: arguments.map { Array($0.utf8) }) == [
        .long("A=1"), .long("B = 2"), .short("Q/q"), .short("L9"),
      ])
  }

  @Test("An override beats the file")

  func anOverrideBeatsTheFile() {
    let configuration = Self.configuration("O LogLevel=3\n", .short("L14"))
    #expect(Self.value(.logLevel, configuration) == "14")
    #expect(configuration.setting(.logLevel)?.origin == .commandLine)
  }

  @Test("An override is literal")

  func anOverrideIsLiteral() {
    let value = "a#b \\# $j ${x} $$ \u{e9} "
    let configuration = Self.configuration("", .long("HelpFile=\(value)"))
    #expect(Self.value(.helpFile, configuration) == value)
  }

  @Test("Privacy adds up in spite of an override")

  func privacyAddsUpInSpiteOfAnOverride() {
    let configuration = Self.configuration(
      "O PrivacyOptions=novrfy\nO DontBlameSendmail=TrustStickyBit\n",
      .long("PrivacyOptions=noexpn"))
    #expect(configuration.privacyOptions == [.noexpn, .novrfy])
    #expect(configuration.allSettings(.privacyOptions).count == 2)
  }

  @Test("Ports of an override replace the files")

  func portsOfAnOverrideReplaceTheFiles() {
    let configuration = Self.configuration(
      "O DaemonPortOptions=Name=C\n", .long("DaemonPortOptions=Name=A"), .short("OName=B"))
    #expect(configuration.daemonPorts.map(\.name) == [Array("A".utf8), Array("B".utf8)])
  }

  @Test("A timeout is protected by its own name")

  func aTimeoutIsProtectedByItsOwnName() {
    let configuration = Self.configuration(
      "O Timeout.control=9s\nO Timeout.ident=4s\n", .long("Timeout.control=5s"))
    #expect(configuration.timeout(.control) == 5)
    #expect(configuration.timeout(.ident) == 4)
  }

  @Test("A wide timeout protects the next two numbers")

  func aWideTimeoutProtectsTheNextTwoNumbers() {
    // queuewarn is followed by its normal and urgent parts, but not by the non-urgent one.
    let configuration = Self.configuration(
      "O Timeout.queuewarn.urgent=9h\nO Timeout.queuewarn.non-urgent=9h\n",
      .long("Timeout.queuewarn=1h"))
    #expect(configuration.timeout(.queuewarnUrgent) == 3600)
    #expect(configuration.timeout(.queuewarnNonUrgent) == 9 * 3600)
  }

  @Test("The oldest form of timeout beats an override")

  func theOldestFormOfTimeoutBeatsAnOverride() {
    let configuration = Self.configuration("Or5m\n", .long("Timeout.mail=1m"))
    #expect(configuration.timeout(.mail) == 300)
  }

  @Test("The oldest form of timeout protects what it sets only in an override")
  func theOldestFormOfTimeoutProtectsWhatItSetsOnlyInAnOverride() {
    let overridden = Self.configuration("O Timeout.mail=1m\n", .short("r5m"))
    #expect(overridden.timeout(.mail) == 300)
    let file = Self.configuration("Or5m\nO Timeout.mail=1m\n")
    #expect(file.timeout(.mail) == 60)
    #expect(file.timeout(.rcpt) == 300)
  }

  @Test("An option defines a macro")

  func anOptionDefinesAMacro() {
    let configuration = Self.configuration("O PidFile=/run/$x.pid\n", .short("Mxabc"))
    #expect(configuration.pidFile.bytes == Array("/run/abc.pid".utf8))
    #expect(configuration.diagnostics == [])
  }

  @Test("A macro without a name is not defined")

  func aMacroWithoutANameIsNotDefined() {
    let configuration = Self.configuration("O PidFile=/run/$x.pid\n", .short("M{x"))
    #expect(configuration.pidFile.bytes == Array("/run/.pid".utf8))
    #expect(
      configuration.diagnostics.map(\.message.description) == [
        "Unbalanced { on x", "Unable to assign macro/class ID (mid = 0xffffffff)",
      ])
    #expect(configuration.macros[0] == nil)
  }

  @Test("A byte above ASCII is no letter")

  func aByteAboveASCIIIsNoLetter() {
    // Though 0xA9 is the number of ControlSocketName.
    let configuration = SendmailConfiguration(
      parsing: Array("O".utf8) + [0xA9] + Array("/x\n".utf8), file: "x.cf")
    #expect(configuration.controlSocket == .unset)
    #expect(configuration.diagnostics.first?.message == "readcf: unknown option name 0xa9")
  }

  @Test("An error in an override stops sendmail before the file")
  func anErrorInAnOverrideStopsSendmailBeforeTheFile() {
    let configuration = Self.configuration("O DeliveryMode=z\nO Foo=1\n", .long("Con=x"))
    #expect(configuration.diagnostics.first?.place == .commandLine)
    #expect(
      configuration.diagnostics.first?.sendmailText(file: "x.cf")
        == "readcf: ambiguous option name Con (matches ConnectionCacheSize and ConnectionCacheTimeout)"
    )
    #expect(configuration.startup(with: nil, as: .reader).exitStatus == 70)
  }

  @Test("An unknown mode stops sendmail at once")

  func anUnknownModeStopsSendmailAtOnce() {
    let configuration = Self.configuration("O DeliveryMode=z\nO ControlSocketName=/x\n")
    #expect(configuration.startup(with: nil, as: .reader).exitStatus == 64)
    // The rest is read all the same.
    #expect(configuration.controlSocket.path?.absolute == Array("/x".utf8))
  }

  @Test("Diagnostics name line and column")

  func diagnosticsNameLineAndColumn() throws {
    let configuration = Self.configuration(
      "#\nO NoSuchOption=1\nO DontBlameSendmail=safe, nosuch\nO PrivacyOptions=noexpn\n ,bogus\nQx,Z=1\nzz"
    )
    let places = configuration.diagnostics.map(\.place)
    #expect(
      places.prefix(5) == [
        .line(3, position: FilePosition(line: 3, column: 3)),
        .line(4, position: FilePosition(line: 4, column: 27)),
        .line(6, position: FilePosition(line: 6, column: 3)),
        .line(7, position: FilePosition(line: 7, column: 4)),
        .line(7, position: FilePosition(line: 7, column: 1)),
      ])
    // Without a line feed sendmail has not counted the last line.
    #expect(places.last == .line(7, position: FilePosition(line: 8, column: 1)))
  }
}
