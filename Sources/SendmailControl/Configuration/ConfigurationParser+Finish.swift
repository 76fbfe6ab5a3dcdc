// SPDX-License-Identifier: Apache-2.0

/// The checks of sendmail after the last line (`main` in sendmail's `main.c`).
extension ConfigurationParser {
  /// The most filters of one list.
  private static let maximumFilters = 24

  /// Completes the default queue group and the mailers, and says what is said about the file as a whole.
  mutating func finish() {
    if configuration.queueGroups[0].line == nil {
      configuration.queueGroups[0].path = configuration.queueDirectory
    }
    configuration.build = conditions.build
    configuration.mailerNames = mailers.list
    configuration.mailersInWorkingDirectory = mailers.listInWorkingDirectory
    checkSuperSafe()
    configuration.lineDiagnostics = configuration.diagnostics.count
    checkMailboxDatabase()
    configuration.daemonDiagnostics.beforeUser = Array(
      configuration.diagnostics[configuration.lineDiagnostics...])
    checkLevel()
    checkHostStatus()
    if configuration.level < SendmailConfiguration.currentLevel {
      say(
        "Warning: .cf file is out of date: sendmail \(conditions.build.version) supports "
          + "version \(SendmailConfiguration.currentLevel), .cf file is version \(configuration.level)"
      )
    }
    checkHostName()
    if !mailers.contains("local") {
      configuration.daemonDiagnostics.beforeQueues.append(
        Self.diagnostic("No local mailer defined", exitCode: ExitCode.software))
    }
    checkHostStatusDirectory()
    checkFilters(configuration.setting(.inputMailFilters)?.value ?? [])
    for port in configuration.daemonPorts { checkFilters(port.inputMailFilters ?? []) }
  }

  private static func diagnostic(
    _ message: some Sequence<UInt8>, exitCode: Int32?
  ) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
      Array(message), at: .configuration,
      effect: exitCode.map { .refusesToStart(exitCode: $0) } ?? .warning)
  }

  private static func diagnostic(_ message: String, exitCode: Int32?) -> ConfigurationDiagnostic {
    diagnostic(message.utf8, exitCode: exitCode)
  }

  private mutating func say(_ message: some Sequence<UInt8>, exitCode: Int32? = nil) {
    configuration.diagnostics.append(Self.diagnostic(message, exitCode: exitCode))
  }

  private mutating func say(_ message: String, exitCode: Int32? = nil) {
    say(message.utf8, exitCode: exitCode)
  }

  // MARK: Options that depend on one another

  private mutating func checkSuperSafe() {
    guard let value = configuration.setting(.superSafe)?.value.first,
      ASCII.lowercased(value) == UInt8(ascii: "i"),
      configuration.setting(.deliveryMode)?.value.first != UInt8(ascii: "i")
    else { return }
    say(
      "WARNING: SuperSafe=interactive should only be used with\n         DeliveryMode=interactive")
  }

  private mutating func checkMailboxDatabase() {
    guard let value = configuration.setting(.mailboxDatabase)?.value,
      !["pw", "ldap"].contains(
        String(decoding: value.prefix { $0 != ASCII.dot }, as: UTF8.self))
    else { return }
    say(
      Array("Can't initialize mailbox database \"".utf8) + value
        + Array("\": Service unavailable".utf8), exitCode: ExitCode.unavailable)
  }

  private mutating func checkLevel() {
    guard configuration.level > SendmailConfiguration.currentLevel else { return }
    say(
      "Warning: .cf version level (\(configuration.level)) exceeds sendmail version "
        + "\(conditions.build.version) functionality (\(SendmailConfiguration.currentLevel))",
      exitCode: ExitCode.software)
  }

  private mutating func checkHostStatus() {
    let isCaching = configuration.connectionCacheSize > 0
    let hasDirectory = !(configuration.setting(.hostStatusDirectory)?.value ?? []).isEmpty
    if hasDirectory, !isCaching {
      say("Warning: HostStatusDirectory disabled with ConnectionCacheSize = 0")
    }
    guard let single = configuration.setting(.singleThreadDelivery)?.value,
      OptionValue.truth(single), !hasDirectory || !isCaching
    else { return }
    say("Warning: HostStatusDirectory required for SingleThreadDelivery")
  }

  /// The name is what the file says; the one of the machine is completed by DNS.
  private mutating func checkHostName() {
    let (name, isTooDeep) = configuration.macros.expansion(
      of: [LineTranslation.macroMark, UInt8(ascii: "j")])
    if isTooDeep { say(MacroTable.tooDeep, exitCode: ExitCode.software) }
    guard definesHostName, !name.contains(ASCII.dot) else { return }
    let shown = name.isEmpty ? Array("localhost".utf8) : name
    say(
      Array("WARNING: local host name (".utf8) + shown
        + Array(") is not qualified; see cf/README: WHO AM I?".utf8))
  }

  // MARK: After the queues

  /// The directory, as seen from the base queue directory.
  private mutating func checkHostStatusDirectory() {
    guard let files = conditions.files, configuration.connectionCacheSize > 0,
      let directory = configuration.setting(.hostStatusDirectory)?.value, !directory.isEmpty,
      directory.first == ASCII.slash || configuration.baseQueueDirectory.isUsable
    else { return }
    let path =
      directory.first == ASCII.slash
      ? directory : configuration.baseQueueDirectory.changeDirectoryPath + directory
    let reason: String?
    switch files.lookup(path) {
    case .failed(let rule): reason = rule.reason ?? "\(rule)"
    case .found(let facts) where facts.kind != .directory: reason = PathRule.notADirectory.reason
    case .found(let facts):
      reason =
        facts.isGroupWritable || facts.isWorldWritable ? PathRule.notPermitted.reason : nil
    }
    guard let reason else { return }
    configuration.daemonDiagnostics.afterQueues.append(
      Self.diagnostic(
        Array("Warning: Cannot use HostStatusDirectory = ".utf8) + directory
          + Array(": \(reason)".utf8), exitCode: nil))
  }

  /// Looks up the filters of a list (`milter_config` in `milter.c`).
  private mutating func checkFilters(_ list: [UInt8]) {
    var count = 0
    var rest = list[...]
    while true {
      rest = rest.drop(while: ASCII.isSpace)
      guard !rest.isEmpty else { return }
      let name = rest.prefix { $0 != UInt8(ascii: ";") && $0 != ASCII.comma }
      rest = rest[name.endIndex...].dropFirst()
      guard count < Self.maximumFilters else {
        configuration.daemonDiagnostics.onFilters.append(
          Self.diagnostic(
            "Too many filters defined, \(Self.maximumFilters) max", exitCode: ExitCode.system))
        return
      }
      guard filters.contains(OptionWords.folded(name)) else {
        configuration.daemonDiagnostics.onFilters.append(
          Self.diagnostic(
            Array("InputFilter ".utf8) + name + Array(" not defined".utf8),
            exitCode: ExitCode.configuration))
        return
      }
      count += 1
    }
  }
}
