// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlClient

/// The options that every command takes, before or after its name.
struct ConnectionOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("socket")],
    help: ArgumentHelp(
      "The control socket, instead of the one sendmail.cf names.", valueName: "socket"),
    completion: .file())
  var socket: String?

  @Option(
    name: [.customShort("C"), .customLong("cf")],
    help: ArgumentHelp(
      "The configuration file, instead of /etc/mail/sendmail.cf.", valueName: "file"),
    completion: .file())
  var configurationFile: String?

  @Option(
    name: .customShort("A", allowingJoined: true),
    help: ArgumentHelp(
      "Read sendmail.cf (m, the default) or submit.cf (c), as sendmail's own option.",
      valueName: "m|c"),
    completion: .list(ConfigurationKind.words))
  private var kindWord: String?

  /// Which of sendmail's two configuration files is meant.
  var kind: ConfigurationKind? { kindWord.flatMap(ConfigurationKind.init(word:)) }

  @Option(
    name: .customShort("O", allowingJoined: true),
    help: ArgumentHelp(
      "Set an option over the configuration file, as sendmail's own option; may be repeated.",
      valueName: "name=value"))
  var settings: [String] = []

  @Option(
    name: .customShort("o", allowingJoined: true),
    help: ArgumentHelp(
      "The same for an option with a single letter: -oQ/var/spool/mqueue.",
      valueName: "letter-value"))
  var letterSettings: [String] = []

  @Option(
    name: .customLong("timeout"),
    help: ArgumentHelp("How long an exchange may take (default: 10).", valueName: "seconds"))
  private var timeoutWord: String?

  /// How long an exchange may take, if that is said.
  var timeout: Seconds? { timeoutWord.flatMap(Seconds.init(word:)) }

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "How to print a reply (default: terminal on a terminal, else classic).\(OutputFormat.listed)",
      valueName: "format"),
    completion: .list(OutputFormat.words))
  private var formatWord: String?

  /// How to print a reply, if that is said.
  var format: OutputFormat? { formatWord.flatMap(OutputFormat.init(word:)) }

  @Flag(name: .shortAndLong, help: "Trace on standard error what is read, sent and received.")
  var verbose = false

  @Flag(help: "Refuse restart, shutdown, start, memdump and send.")
  var readOnly = false

  /// Takes over what `defaults` say and these options do not. Options that name a socket or a
  /// configuration stand for all of those that do.
  mutating func adopt(_ defaults: ConnectionOptions) {
    if !namesTarget { adoptTarget(of: defaults) }
    timeoutWord = timeoutWord ?? defaults.timeoutWord
    formatWord = formatWord ?? defaults.formatWord
    verbose = verbose || defaults.verbose
    readOnly = readOnly || defaults.readOnly
  }

  /// Means the same socket and configuration as `others`, whatever was meant before.
  mutating func adoptTarget(of others: ConnectionOptions) {
    socket = others.socket
    configurationFile = others.configurationFile
    kindWord = others.kindWord
    settings = others.settings
    letterSettings = others.letterSettings
  }

  /// Whether a socket or a configuration is named.
  var namesTarget: Bool {
    socket != nil || configurationFile != nil || kindWord != nil || !settings.isEmpty
      || !letterSettings.isEmpty
  }

  /// Means the socket at `path`.
  mutating func setSocket(_ path: String) { socket = path }

  /// Sets the format by its name.
  mutating func setFormat(_ word: String?) { formatWord = word }

  /// Sets the time that an exchange may take, in seconds.
  mutating func setTimeout(_ word: String?) { timeoutWord = word }

  func validate() throws {
    try ConfigurationKind.check(kindWord, option: "-A <m|c>")
    try Seconds.check(timeoutWord, option: "--timeout <seconds>")
    try OutputFormat.check(formatWord, option: "--format <format>")
  }
}

extension ConfigurationKind: OptionWord {
  /// The letters behind sendmail's own `-A`.
  static var words: [String] { allCases.map(\.letter) }

  init?(word: String) {
    guard let kind = Self.allCases.first(where: { $0.letter == word }) else { return nil }
    self = kind
  }

  private var letter: String {
    switch self {
    case .mta: "m"
    case .msp: "c"
    }
  }
}

extension OutputFormat: OptionWord {}
