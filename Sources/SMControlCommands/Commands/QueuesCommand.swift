// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol queues`
struct QueuesCommand: Command {
  let connection: ConnectionOptions
  let queues: QueueOptions

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let choice = ConfigurationChoice(connection, in: context)
    let counts = try daemonCounts(choice, in: context)
    var configurations = [try configuration(choice, context)]
    var missing: CommandFailure?
    if queues.all {
      do throws(CommandFailure) {
        configurations.append(try configuration(choice.submissionConfiguration(), context))
      } catch {
        // The daemon's queues count all the same.
        missing = error
      }
    }
    let report = try scan(configurations, counts, output.style, context)
    let problems = report.problems
    return try await output.show(
      Outcome(
        report, status: missing == nil ? ExitStatus(problems) : .noInput,
        remarks: problems.map(\.text) + (missing?.lines ?? [])))
  }

  private typealias Configuration = (
    resolved: ResolvedConfiguration, queues: QueueDirectories, daemon: QueueReport.Daemon?
  )

  private func configuration(
    _ choice: ConfigurationChoice, _ context: CommandContext
  ) throws(CommandFailure) -> Configuration {
    let (resolved, commandLine, directory) = try choice.readAsRunning()
    let pidFile = FilePath(bytes: resolved.configuration.pidFile.bytes)
    let daemon = directory.map {
      QueueReport.Daemon(
        directory: $0, commandLine: commandLine, lockKind: FileLock.kind(at: pidFile))
    }
    let queues = QueueDirectories(
      of: resolved.configuration, in: LiveFiles(until: context.interruption))
    guard !context.interruption.hasHappened else { throw CommandFailure(.interrupted, []) }
    for line in daemon?.lines ?? [] where context.shell?.shouldWarn(line) != false {
      context.console.warn(line)
    }
    context.warn(of: resolved, queues: queues)
    return (resolved, queues, daemon)
  }

  private func scan(
    _ configurations: [Configuration], _ counts: DaemonQueueCounts, _ style: TerminalStyle,
    _ context: CommandContext
  ) throws(CommandFailure) -> QueueReport {
    let tables = queues.tables
    let bar = ProgressBar(style: style, context: context)
    defer { bar.clear() }
    var scanner = QueueScanner(
      readsContents: !tables.kinds.isEmpty, interruption: context.interruption,
      report: { bar.show($0) })
    var report = QueueReport(
      queues: [], tables: tables, now: scanner.now, time: CalendarTime(),
      host: Machine.live().hostName)
    do {
      for (resolved, directories, daemon) in configurations {
        var queues = try scanner.scan(
          resolved, directories: directories, lockKind: daemon?.lockKind)
        queues.daemon = daemon
        // Who may not see the queue may not see what was left beside it.
        if !queues.allProblems.contains(where: { $0.kind == .noPermission }) {
          queues.strays = StrayMessages.find(
            directories, in: LiveFiles(until: context.interruption))
        }
        for group in queues.groups.indices {
          queues.groups[group].directories = queues.groups[group].directories.map(counts.adding)
        }
        report.queues.append(queues)
      }
    } catch {
      throw CommandFailure(.interrupted, [])
    }
    report.contents = scanner.contents
    return report
  }

  /// The daemon's time to answer without `--timeout`: its counts are an extra.
  private static let timeout = Duration.seconds(2)

  /// The daemon's own counts, where they are asked for and it answers: that it does not is no failure of
  /// a count of directories.
  ///
  /// - Throws: ``CommandFailure``, as ``Target`` does, and with ``ExitStatus/interrupted``.
  private func daemonCounts(
    _ choice: ConfigurationChoice, in context: CommandContext
  ) throws(CommandFailure) -> DaemonQueueCounts {
    guard queues.daemon else { return DaemonQueueCounts() }
    let target = try Target(
      connection, context: context, choice: choice, timeout: Self.timeout, warns: false)
    guard target.socket != nil else { return DaemonQueueCounts() }
    do throws(CommandFailure) {
      try target.checkChildLimit(isForced: queues.isForced)
    } catch {
      guard error.childLimit != nil else { throw error }
      for line in error.lines { context.console.warn(line) }
      return DaemonQueueCounts()
    }
    let client = try target.client()
    do {
      let reply = try client.send(.mstat)
      return DaemonQueueCounts(try DaemonStatus(parsing: reply.bytes))
    } catch let error as ControlError where error.code == .cancelled {
      throw CommandFailure(.interrupted, [])
    } catch {
      return DaemonQueueCounts()
    }
  }
}

extension CommandSpec {
  static let queues = CommandSpec(
    name: "queues", summary: "Count the messages in the queue directories.",
    discussion: """
      The directories themselves are read, so that it works while the daemon is down; with --daemon \
      the daemon's own counts are shown as well. Nothing is locked or changed. Control files are \
      only opened for --by-domain, --by-sender-domain, --by-status and --by-loss. Who may not see \
      the queue by mailq may not see it here.
      """,
    example: "queues --by-domain --top 5", formats: .finding,
    options: QueueOptions.specs + DisplayOptions.all + [ConnectionOptions.kind.spec]
      + ConnectionOptions.all,
    rules: [
      .needs([QueueOptions.top.spec], oneOf: QueueOptions.counts),
      .needs(
        [
          ConnectionOptions.socket.spec, ConnectionOptions.timeout.spec, ConnectionOptions.verbose,
          QueryOption.query,
        ],
        oneOf: [QueueOptions.daemon]),
      .excludes(QueueOptions.all, [ConnectionOptions.kind.spec]),
    ]
  ) { line throws(UsageError) in
    QueuesCommand(connection: try ConnectionOptions(line), queues: try QueueOptions(line))
  }
}

/// The messages that the daemon counts in each queue directory.
private struct DaemonQueueCounts {
  private var messages: [[UInt8]: Int] = [:]

  init() {}

  /// The counts of a reply to `mstat`, if it has any.
  init(_ status: DaemonStatus) {
    guard case .counts(let counts) = status.queues else { return }
    for queue in counts { messages[queue.directory.bytes] = queue.messages }
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
