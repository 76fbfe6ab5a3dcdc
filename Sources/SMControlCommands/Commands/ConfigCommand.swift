// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol config`
struct ConfigCommand: Command {
  static let check = OptionSpec(
    "--check",
    help: "Print only what is wrong, and whether a daemon would start; exit with 1 when not.")
  static let changed = OptionSpec(
    "--changed", help: "List only what differs from sendmail's own values.")
  static let sendmail = Option(
    "--sendmail", value: "path", .file,
    help: "The program to check for, with --check; it is asked for its version.")
  static let value = OptionSpec("--value", help: "Print the value alone, without the name.")

  let connection: ConnectionOptions
  /// True if only the outcome of a start is asked for.
  let checks: Bool
  /// The program that is to start; `nil` for the usual one, which need not be there.
  let sendmail: FilePath?
  /// The part of the configuration that is listed.
  let selection: ConfigurationReport.Selection
  /// True if the name is left out.
  let valuesOnly: Bool

  var formats: Formats? {
    valuesOnly
      ? Formats(list: [.classic, .terminal], reason: "has names, and --value leaves them out")
      : nil
  }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    var choice = ConfigurationChoice(connection, in: context)
    let unasked = try choice.read().configuration
    if checks || unasked.assumesMapClasses(in: unasked.diagnostics) {
      choice = try await asking(choice, in: context)
    }
    if checks { choice = choice.lookingUpHosts() }
    let resolved = try choice.read()
    let queues = QueueDirectories(of: resolved.configuration, in: choice.files)
    guard !context.interruption.hasHappened else { throw CommandFailure(.interrupted, []) }
    if checks {
      let role = resolved.configuration.usualRole
      let obstacles = role == .daemon ? choice.obstacles(of: resolved) : []
      guard !context.interruption.hasHappened else { throw CommandFailure(.interrupted, []) }
      let report = StartupReport(
        resolved.configuration, queues: queues, as: role, unchecked: choice.files.uncheckedPaths,
        obstacles: obstacles)
      return try await output.show(Outcome(report, status: ExitStatus(report)))
    }
    let report = ConfigurationReport(
      resolved, queues: queues, selection: selection, valuesOnly: valuesOnly)
    let file = ConfigurationValueText.escaped(resolved.configuration.file.utf8)
    let unset = report.unset
    let status = try await output.show(
      Outcome(
        report, status: unset.isEmpty ? .ok : .refused,
        remarks: unset.map { "config: \($0) is not set in \(file)" }))
    warn(of: resolved.configuration, queues, in: context)
    // The file is what is listed; a daemon that runs may have been started with more.
    for note in try choice.notesOnCommandLine() where context.shell?.shouldWarn(note) != false {
      context.console.complain(["note: \(note)"])
    }
    return status
  }

  /// The same for the program that would read the file.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/noInput`` when the program that was named does not say which
  ///   sendmail it is.
  private func asking(
    _ choice: ConfigurationChoice, in context: CommandContext
  ) async throws(CommandFailure) -> ConfigurationChoice {
    let program = sendmail ?? SendmailProgram.usualPath
    if let asked = await choice.asking(program) { return asked }
    guard !context.interruption.hasHappened else {
      throw CommandFailure(
        .interrupted, "interrupted while \(program.escaped) was asked for its version")
    }
    guard let sendmail else { return choice }
    throw CommandFailure(
      .noInput, "\(sendmail.escaped): does not say which sendmail it is (-d0.1)")
  }

  /// Warns of what sendmail would say; a listing has notes on limits, too.
  private func warn(
    of configuration: SendmailConfiguration, _ queues: QueueDirectories, in context: CommandContext
  ) {
    let messages = configuration.startup(with: queues).messages
    context.warn(of: messages, file: configuration.file)
    if configuration.assumesMapClasses(in: messages),
      context.shell?.shouldWarn(StartupReport.assumption) != false
    {
      context.console.complain(["note: \(StartupReport.assumption)"])
    }
    guard selection == .all else { return }
    for note in configuration.notes where context.shell?.shouldWarn(note) != false {
      context.console.complain(["note: \(note)"])
    }
  }
}

extension ConfigurationReport.Selection {
  /// The selection that a line of `config` makes.
  ///
  /// - Throws: ``UsageError`` for a name that does not exist.
  fileprivate init(_ line: ParsedLine) throws(UsageError) {
    guard !line.arguments.isEmpty else {
      self = line[ConfigCommand.changed] ? .changed : .all
      return
    }
    var names: [String] = []
    for word in line.arguments {
      guard let name = ConfigurationNames.name(for: word) else {
        let nearest = NearestWord.suggestion(for: word, in: ConfigurationNames.all)
        throw UsageError("unknown option '\(TerminalEscaping.escape(word))'\(nearest)")
      }
      names.append(name)
    }
    self = .named(names)
  }
}

extension CommandSpec {
  static let config = CommandSpec(
    name: "config", summary: "List every option in force, and the line that sets it.",
    discussion: """
      The file is read as sendmail itself reads it. With names only these are printed, and the exit \
      status is 1 when one is not set. Off a terminal each option is a line "Name=value"; JSON and \
      the table name the line that sets it. Then come the control socket and the base queue \
      directory, resolved. With --check only what sendmail would complain of is printed, and \
      whether a daemon would start, and could listen at its ports now, as in "smcontrol config --check \
      && smcontrol restart --wait"; for submit.cf whether its queue runner would. \
      --sendmail names the program that would, which is asked for its version and its classes of maps; \
      it is \(SendmailProgram.usualPath) otherwise.
      """,
    example: "config --changed", formats: .finding,
    options: [
      ConfigCommand.changed, ConfigCommand.value, ConfigCommand.check, ConfigCommand.sendmail.spec,
    ]
      + DisplayOptions.all + ConnectionOptions.local,
    arguments: [
      ArgumentSpec(
        name: "name", help: "The option to print.", candidates: .names { ConfigurationNames.all },
        isOptional: true, isRepeated: true)
    ],
    rules: [
      .needs([ConfigCommand.sendmail.spec], oneOf: [ConfigCommand.check]),
      .excludes(ConfigCommand.check, [ConfigCommand.changed, ConfigCommand.value]),
    ]
  ) { line throws(UsageError) in
    let hasNames = !line.arguments.isEmpty
    if line[ConfigCommand.value], !hasNames { throw UsageError("--value needs a name") }
    for option in [ConfigCommand.check, ConfigCommand.changed] where line[option] && hasNames {
      throw UsageError("\(option.name) takes no name")
    }
    return ConfigCommand(
      connection: try ConnectionOptions(line), checks: line[ConfigCommand.check],
      sendmail: try line[ConfigCommand.sendmail],
      selection: try ConfigurationReport.Selection(line), valuesOnly: line[ConfigCommand.value])
  }
}
