// SPDX-License-Identifier: Apache-2.0

/// A sendmail.cf as sendmail understands it: every option in force and where it comes from,
/// the queue groups, and what sendmail would say about the file.
///
/// A file with errors is read to its end, as sendmail does; ``diagnostics`` says what is wrong.
public struct SendmailConfiguration: Sendable {
  /// The configuration level sendmail 8.15 to 8.18 expect on the `V` line.
  package static let currentLevel = 10

  /// The file's name, for messages.
  public let file: String
  /// The level of the last `V` line; 0 without one.
  package internal(set) var level = 0
  /// The messages that sendmail would print, in order.
  public internal(set) var diagnostics: [ConfigurationDiagnostic] = []
  /// True if the file is the source that m4 makes a configuration of.
  package internal(set) var isMacroSource = false
  /// The number of ``diagnostics`` about overrides and lines; those after them are about the file as a
  /// whole.
  var lineDiagnostics = 0
  /// The messages of a daemon or queue runner only.
  var daemonDiagnostics = DaemonDiagnostics()
  /// A note for each host of a port or filter that was not looked up.
  var hostsNotLookedUp: [String] = []
  /// The files that `F` lines read, in order.
  var classFiles: [ClassFile] = []
  /// The mail filters, in order.
  var filters: [ConfiguredFilter] = []
  /// The maps that read files, in order.
  var maps: [ConfiguredMap] = []
  /// The sendmail that the file was read for.
  package internal(set) var build = SendmailBuild.debian
  /// The queue groups in order; the first is the default group, `mqueue`.
  package internal(set) var queueGroups: [QueueGroup] = []
  /// The names of the mailers by number, which sendmail counts from 0; the first three are its own.
  package internal(set) var mailerNames: [ByteText] = []
  /// The names of the mailers whose programs run as other users than sendmail in its working directory, for lack
  /// of a `D=` equate.
  package internal(set) var mailersInWorkingDirectory: [ByteText] = []
  /// The ports of `DaemonPortOptions` in order; empty when none is set, and sendmail then listens on
  /// the SMTP port of every address.
  package internal(set) var daemonPorts: [DaemonPort] = []
  /// The ports of `ClientPortOptions` in order.
  package internal(set) var clientPorts: [DaemonPort] = []
  /// `PrivacyOptions`, all lines together.
  package internal(set) var privacyOptions: Set<PrivacyOption> = []
  /// `DontBlameSendmail`, all lines together.
  package internal(set) var dontBlameSendmail: Set<DontBlameSendmail> = []

  var settings: [OptionCode: [OptionSetting]] = [:]
  var timeouts: [TimeoutName: OptionSetting] = [:]
  var milterSettings: [String: OptionSetting] = [:]
  var macros = MacroTable()
  var names = MacroNames()
  let accounts: any Accounts
  let machine: Machine

  init(file: String, accounts: any Accounts, machine: Machine) {
    self.file = file
    self.accounts = accounts
    self.machine = machine
  }

  /// Reads `bytes` as sendmail reads its configuration file. No file is opened, so users, groups and other
  /// files that it names are not looked up.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - file: the file's name, for messages.
  ///   - overrides: options of the command line, in order; they override the file.
  public init(parsing bytes: [UInt8], file: String, overrides: [OptionOverride] = []) {
    self.init(parsing: bytes, file: file, overrides: overrides, accounts: .unknown)
  }

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - file: the file's name, for messages.
  ///   - overrides: options of the command line, in order; they beat the file.
  ///   - accounts: the users and groups that options may name.
  ///   - machine: the machine sendmail runs on.
  ///   - fileMode: the file's permission bits; sendmail warns when others than its owner may write.
  ///   - conditions: the conditions under which a daemon reads the file.
  package init(
    parsing bytes: [UInt8], file: String, overrides: [OptionOverride] = [],
    accounts: any Accounts = .unknown, machine: Machine = Machine(), fileMode: UInt16 = 0o644,
    conditions: ReadingConditions = ReadingConditions()
  ) {
    var parser = ConfigurationParser(
      file: file, accounts: accounts, machine: machine, conditions: conditions)
    for override in overrides { parser.take(override) }
    if fileMode & 0o022 != 0 {
      parser.configuration.diagnostics.append(
        ConfigurationDiagnostic(
          "\(file): WARNING: dangerous write permissions", at: .configuration, effect: .warning))
    }
    for (index, line) in ConfigurationLines(bytes: bytes).enumerated() {
      if index % Self.linesAtOnce == 0, !conditions.goesOn() { break }
      parser.take(line)
    }
    parser.finish()
    self = parser.configuration
    // A file with a V line or a mailer is no source of one.
    if level == 0, !parser.mailers.hasOwn, MacroSource.isSource(bytes) { markAsMacroSource() }
  }

  /// The number of lines that are read between two checks whether to go on.
  private static let linesAtOnce = 128

  /// The last setting of an option, or `nil` when nothing sets it.
  package func setting(_ option: OptionCode) -> OptionSetting? {
    settings[option]?.last
  }

  /// Every line that counts for an option; more than one for those that add up (`PrivacyOptions`,
  /// `DontBlameSendmail`, `DaemonPortOptions`, `ClientPortOptions`).
  package func allSettings(_ option: OptionCode) -> [OptionSetting] {
    settings[option] ?? []
  }

  /// The setting of a timeout, or `nil` when nothing sets it.
  package func setting(_ timeout: TimeoutName) -> OptionSetting? {
    timeouts[timeout]
  }

  /// Returns `text` of an override or the file as sendmail expands it when it uses it: macros without a
  /// value leave nothing, and bytes that are not macros stay as they are.
  func expand(_ text: [UInt8]) -> [UInt8] {
    macros.expand(text)
  }
}
