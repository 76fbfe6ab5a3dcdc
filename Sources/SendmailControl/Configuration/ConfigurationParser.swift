// SPDX-License-Identifier: Apache-2.0

/// Builds a configuration out of overrides and lines, one after the other (`readcf` in sendmail's
/// `readcf.c`).
struct ConfigurationParser {
  /// sendmail's exit codes.
  enum ExitCode {
    static let usage: Int32 = 64
    static let unavailable: Int32 = 69
    static let software: Int32 = 70
    static let system: Int32 = 71
    static let configuration: Int32 = 78
  }

  /// The most `P` lines.
  static let maximumPriorities = 25

  var configuration: SendmailConfiguration
  /// The line that is being read; `nil` while the overrides are.
  var line: ConfigurationLine?
  /// The level before the line, by which it was translated.
  var lineLevel = 0
  /// The places of the line's bytes, once something has been said about it.
  private var positions: LinePositions?
  /// The line's bytes as translated.
  var text: [UInt8] = []

  /// The options, timeouts and milter options that overrides protect from the file.
  var protectedOptions: Set<OptionCode> = []
  var protectedTimeouts: Set<TimeoutName> = []
  var protectedMilterOptions: Set<String> = []

  /// True if `OperatorChars` has been set, which sendmail wants done once.
  var hasOperatorCharacters = false
  var hasRuleset = false
  private var priorities = 0

  /// The rule sets that lines have defined so far.
  var ruleSets = RuleSetNames()
  var mailers = MailerNames()
  var maps: Set<String> = []
  var mapsWithFiles: Set<String> = []
  var filters: Set<String> = []
  var aliasCount = 0
  /// The number of lines that sendmail has counted that are not of its file but of files with passwords.
  var secretLines = 0
  var directoryDefaults = MapArguments.DirectoryDefaults()
  /// True if the file, not the machine, says what `$j` is.
  var definesHostName = false
  /// The reason why an optional file was not read: sendmail leaves it in `errno` while it translates the next
  /// line, and its first message about that line gets it. After the last line sendmail has met the end of the file,
  /// and the reason is gone.
  var leftReason: String?

  /// The conditions under which a daemon reads the file.
  let conditions: ReadingConditions

  init(
    file: String, accounts: any Accounts, machine: Machine, conditions: ReadingConditions
  ) {
    self.conditions = conditions
    configuration = SendmailConfiguration(file: file, accounts: accounts, machine: machine)
    configuration.queueGroups = [QueueGroup(name: Array("mqueue".utf8), path: [])]
    let host = machine.hostName
    guard !host.isEmpty else { return }
    configuration.macros[UInt8(ascii: "j")] = host
    configuration.macros[UInt8(ascii: "w")] = host
    configuration.macros[UInt8(ascii: "m")] = Array(
      host.drop { $0 != ASCII.dot }.dropFirst())
  }

  /// The origin of the settings that are being read.
  var origin: SettingOrigin {
    line.map { .line($0.firstNumber) } ?? .commandLine
  }

  /// Reports `message` about the byte at `offset` of ``text``.
  mutating func report(
    _ message: [UInt8], at offset: Int,
    effect: ConfigurationDiagnostic.Effect = .refusesToStart(exitCode: ExitCode.software),
    isLocated: Bool = true
  ) {
    var place = ConfigurationDiagnostic.Place.commandLine
    if let line {
      place = .line(line.number + secretLines, position: position(of: offset, in: line))
    }
    configuration.diagnostics.append(
      ConfigurationDiagnostic(message, at: place, effect: effect, isLocated: isLocated))
  }

  /// Returns the position of the byte at `offset` of ``text``. Most messages are about a line's first
  /// byte.
  private mutating func position(of offset: Int, in line: ConfigurationLine) -> FilePosition {
    guard offset > 0 else { return FilePosition(line: line.firstNumber, column: 1) }
    let positions = positions ?? LinePositions(line, level: lineLevel)
    self.positions = positions
    return positions.position(of: offset)
  }

  mutating func report(
    _ message: String, at offset: Int,
    effect: ConfigurationDiagnostic.Effect = .refusesToStart(exitCode: ExitCode.software),
    isLocated: Bool = true
  ) {
    report(Array(message.utf8), at: offset, effect: effect, isLocated: isLocated)
  }

  /// Reports `message` with the system's words for its cause; sendmail then exits with 71.
  mutating func report(_ message: [UInt8], at offset: Int, because reason: String?) {
    guard let reason else { return report(message, at: offset) }
    report(
      message + Array(": \(reason)".utf8), at: offset,
      effect: .refusesToStart(exitCode: ExitCode.system))
  }

  /// Returns `text` with the macros' values put in.
  mutating func expand(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let (expansion, isTooDeep) = configuration.macros.expansion(of: Array(text))
    if isTooDeep { report(MacroTable.tooDeep, at: 0) }
    return expansion
  }

  /// Takes an override in.
  mutating func take(_ override: OptionOverride) {
    line = nil
    switch override {
    case .long(let bytes), .short(let bytes): text = bytes
    }
    do {
      assign(try override.assignment(in: conditions.build))
    } catch {
      report(error.message, at: 0)
    }
  }

  /// Takes a line in.
  mutating func take(_ line: ConfigurationLine) {
    // It is for the line that follows, comments aside.
    let reason = line.isLast ? nil : leftReason
    leftReason = nil
    guard !line.bytes.isEmpty else { return }
    self.line = line
    positions = nil
    lineLevel = configuration.level
    let translation = LineTranslation(
      line.bytes, level: lineLevel, names: &configuration.names)
    text = translation.bytes
    for (index, error) in translation.errors.enumerated() {
      report(error, at: 0, because: index == 0 ? reason : nil)
    }
    takeText()
  }

  private mutating func takeText() {
    guard let letter = text.first else { return }
    switch Unicode.Scalar(letter) {
    case "#", "T", "E": break
    case "H": takeHeader()
    case "K": takeMap()
    case "M": takeMailer()
    case "X": takeFilter()
    case "F": takeFileClass()
    case "O": takeOption()
    case "Q": takeQueueGroup()
    case "D": takeMacro()
    case "V": takeVersion()
    case "C": takeName()
    case "R": takeRule()
    case "S": takeRuleSet()
    case "P": takePriority()
    default: reportUnknownLine()
    }
  }

  private mutating func reportUnknownLine() {
    report(
      Array("unknown configuration line \"".utf8) + text + [ASCII.doubleQuote], at: 0)
  }

  private mutating func takeOption() {
    do {
      assign(try OptionAssignment(line: text.dropFirst(), in: conditions.build))
    } catch {
      // The name begins after the letter O, and after a blank in the long form.
      report(error.message, at: text.dropFirst().first == ASCII.space ? 2 : 1)
    }
  }

  private mutating func takeMacro() {
    let result = configuration.names.take(text.dropFirst())
    for error in result.errors { report(error, at: 1) }
    guard result.code != 0 else { return }
    let value = QuotedText.take(text.dropFirst(1 + result.length), until: nil).text
    configuration.macros[result.code] = value
    if result.code == UInt8(ascii: "j") { definesHostName = true }
  }

  private mutating func takeRuleSet() {
    let result = ruleSets.take(expand(text.dropFirst()))
    if let error = result.error { report(error, at: 1) }
    hasRuleset = result.number != nil
  }

  private mutating func takeName() {
    let name = configuration.names.take(text.dropFirst())
    for error in name.errors { report(error, at: 1) }
    // The words are of no use here, unlike what is said about their macros.
    if name.code != 0 { _ = expand(text.dropFirst(1 + name.length)) }
  }

  private mutating func takeVersion() {
    let argument = text.dropFirst()
    let digits = argument.drop(while: ASCII.isSpace)
    guard let first = digits.first, ASCII.isDigit(first) else {
      report(
        Array("invalid argument to V line: \"".utf8) + argument.prefix(20) + [ASCII.doubleQuote],
        at: 1)
      return
    }
    configuration.level = Int(Int32(truncatingIfNeeded: OptionValue.long(digits)))
    if configuration.level >= 5, let host = configuration.macros[UInt8(ascii: "w")] {
      configuration.macros[UInt8(ascii: "w")] = Array(host.prefix { $0 != ASCII.dot })
    }
    let rest = digits.drop(while: ASCII.isDigit)
    guard rest.first == ASCII.slash else { return }
    let vendor = rest.dropFirst().prefix(while: ASCII.isLetter)
    guard OptionWords.folded(vendor) != "berkeley" else { return }
    report(
      Array("invalid V line vendor code: \"".utf8) + vendor + [ASCII.doubleQuote],
      at: vendor.startIndex)
  }

  private mutating func takePriority() {
    guard priorities < Self.maximumPriorities else {
      report("too many P lines, \(Self.maximumPriorities) max", at: 0)
      return
    }
    guard text.contains(ASCII.equals) else {
      reportUnknownLine()
      return
    }
    priorities += 1
  }
}
