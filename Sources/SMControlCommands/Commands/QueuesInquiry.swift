// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// `queues`: counts what is in the queue directories, and shows the daemon's own counts beside it.
struct QueuesInquiry {
  private let connection: ConnectionOptions
  private let options: QueueOptions
  private let format: OutputFormat
  private let tables: QueueTables
  private let display: Display
  private let context: CommandContext

  /// How long the daemon may take to answer when nothing else is said: its counts are an extra.
  private static let patience = Seconds(2)

  /// An inquiry with these options.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` for a format that cannot show what is
  ///   asked for.
  init(
    connection: ConnectionOptions, options: QueueOptions, display: DisplayOptions,
    context: CommandContext
  ) throws(CommandFailure) {
    if options.each, let format = connection.format, format != .json {
      throw CommandFailure(
        .usage, "queues: --each prints JSON, and --format asks for \(format.rawValue)")
    }
    self.connection = connection
    self.options = options
    self.context = context
    format = options.each ? .json : connection.format ?? context.console.defaultFormat
    tables = options.tables(in: format)
    self.display = Display(display, context: context)
  }

  /// Looks, prints, and says what could not be looked at.
  func run() async throws(CommandFailure) -> ExitStatus {
    let configurations = try configurations()
    let counts = try daemonCounts(by: configurations[0].resolved)
    let report = try look(at: configurations, counts)
    try await show(report)
    let problems = report.problems
    context.console.complain(problems.map(\.text))
    return ExitStatus(problems)
  }

  private typealias Configuration = (resolved: ResolvedConfiguration, queues: QueueDirectories)

  /// The configuration that is meant, and with `--all` the mail submission program's.
  private func configurations() throws(CommandFailure) -> [Configuration] {
    let choice = ConfigurationChoice(connection, context.environment)
    var configurations = [try choice.read()]
    if options.all { configurations.append(try choice.besideForSubmission().read()) }
    return configurations.map { resolved in
      let queues = QueueDirectories(of: resolved.configuration, in: .live)
      context.warn(of: resolved, queues: queues)
      return (resolved, queues)
    }
  }

  private func look(
    at configurations: [Configuration], _ counts: QueueCountsOfDaemon
  ) throws(CommandFailure) -> QueueReport {
    let bar = ProgressBar(style: display.style, context: context)
    defer { bar.clear() }
    var scanner = QueueScanner(
      readsContents: !tables.kinds.isEmpty, interruption: context.interruption,
      report: { bar.show($0) })
    var report = QueueReport(
      queues: [], now: scanner.now, time: CalendarTime(), host: Machine.live().hostName)
    let now = scanner.now
    do {
      for (resolved, directories) in configurations {
        var queues = try scanner.scan(resolved, directories: directories) { directory, group in
          guard options.each else { return }
          bar.clear()
          try context.console.writeJSON(
            QueueDirectoryDocument(
              counts.adding(to: directory), group: group,
              file: Array(resolved.configuration.file.utf8), time: now))
        }
        for group in queues.groups.indices {
          queues.groups[group].directories = queues.groups[group].directories.map(counts.adding)
        }
        report.queues.append(queues)
      }
    } catch is QueueScanInterrupted {
      throw CommandFailure(.interrupted, [])
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.software, "queues: \(error)")
    }
    report.contents = scanner.contents
    return report
  }

  private func show(_ report: QueueReport) async throws(CommandFailure) {
    // In text a sum of nothing at all would say that nothing waits.
    guard !options.each, format == .json || report.hasCounts else { return }
    switch format {
    case .json: try context.console.writeJSON(QueuesDocument(report, tables: tables))
    case .terminal:
      try await display.show(QueuesText.make(report, tables: tables, style: display.style))
    case .classic, .raw:
      try context.console.write(QueuesClassicText.make(report, tables: tables))
    }
  }
}

extension QueuesInquiry {
  /// What the daemon counts, when one answers: that none does is no failure of a look at directories.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/interrupted``, or ``ExitStatus/usage`` for an
  ///   unusable timeout.
  private func daemonCounts(
    by resolved: ResolvedConfiguration
  ) throws(CommandFailure) -> QueueCountsOfDaemon {
    guard !options.passive, let client = try client(for: resolved) else {
      return QueueCountsOfDaemon()
    }
    do {
      let reply = try client.send(.mstat)
      let mstat = try MstatReply(parsing: reply.bytes)
      return QueueCountsOfDaemon(DaemonStatus(mstat, identity: DaemonIdentity()))
    } catch let error as ControlError where error.code == .interrupted {
      throw CommandFailure(.interrupted, [])
    } catch {
      return QueueCountsOfDaemon()
    }
  }

  private func client(
    for resolved: ResolvedConfiguration
  ) throws(CommandFailure) -> ControlClient? {
    let timeout = try Target.timeout(connection, context.environment, default: Self.patience)
    let isExplicit = ConfigurationChoice(connection, context.environment).isExplicit
    if let socket = connection.socket ?? (isExplicit ? nil : context.environment.socket) {
      return ControlClient(
        path: FilePath(socket), timeout: timeout, interruption: context.interruption)
    }
    guard case .socket(let path, let directory) = Target.Endpoint(resolved) else { return nil }
    return ControlClient(
      path: path, bindingDirectory: directory, timeout: timeout,
      interruption: context.interruption)
  }
}

/// The messages that the daemon counts in each queue directory.
struct QueueCountsOfDaemon {
  private var messages: [[UInt8]: Int] = [:]

  /// No counts.
  init() {}

  /// The counts of a reply to `mstat`, if it has any.
  init(_ status: DaemonStatus) {
    guard case .counts(let counts) = status.queues else { return }
    for (name, count) in counts { messages[name] = count }
  }

  /// `directory` with the daemon's count. sendmail names a directory with a subdirectory for bodies
  /// by that.
  func adding(to directory: QueueReport.Directory) -> QueueReport.Directory {
    var directory = directory
    let path = directory.path
    directory.daemonMessages = messages[path] ?? messages[path + Array("/df".utf8)]
    return directory
  }
}
