// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol metrics`
struct MetricsCommand: Command {
  static let textfile = Option(
    "--textfile", value: "file", .file,
    help: """
      Write a file for the node exporter, readable by all, that appears complete or not at all; a \
      symbolic link is not followed.
      """)
  static let timeout = Option(
    "-t", "--timeout", value: "seconds", .seconds,
    help: "How long reading all of it may take (default: 10).")

  let connection: ConnectionOptions
  /// True if the client queue is exported, too.
  let all: Bool
  /// The file to write; `nil` for standard output.
  let file: FilePath?

  var formats: Formats? { file == nil ? nil : .textFile }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let start = ContinuousClock.now
    let timeout = try Target.timeout(connection, context.environment)
    let facts = try gather(in: context, within: timeout)
    let report = MetricsReport(facts, duration: ContinuousClock.now - start)
    let problems = facts.problems.flatMap(\.problems)
    let status = ExitStatus(problems)
    let remarks =
      problems.map(\.text)
      + (problems.contains { $0.kind == .notInTime } ? ["allow more time with --timeout"] : [])
    guard let file else {
      return try await output.show(Outcome(report, status: status, remarks: remarks))
    }
    try Self.write(
      report.prometheus, to: file,
      // What is written after the deadline for the reading needs a moment, too.
      until: Deadline(after: max(timeout - (ContinuousClock.now - start), .seconds(1))))
    context.console.complain(remarks)
    return status
  }

  /// Writes the file on a thread of its own: its file system may hang, too.
  private static func write(
    _ text: String, to file: FilePath, until deadline: Deadline
  ) throws(CommandFailure) {
    let outcome: Result<Void, FileError>?
    do {
      outcome = try OwnThread.run(until: deadline, interruption: nil) {
        Result { () throws(FileError) in
          let draft = try AtomicFile(
            at: file, permissions: [.ownerReadWrite, .groupRead, .otherRead])
          try draft.write(Array(text.utf8)[...])
          // A machine that crashes needs no metrics of the time before.
          try draft.commit(syncs: false)
        }
      }
    } catch {
      throw CommandFailure(.systemError, "pthread_create: \(error)")
    }
    switch outcome {
    case .success?: return
    case .failure(let error)?: throw CommandFailure(error)
    case nil: throw CommandFailure(.temporaryFailure, "\(file.escaped): not written in time")
    }
  }

  /// Gathers the facts; what has not been read in time is not known.
  ///
  /// - Throws: ``CommandFailure``, also when the configuration has not been read in time.
  private func gather(
    in context: CommandContext, within timeout: Duration
  ) throws(CommandFailure) -> MonitoringFacts {
    let facts = try context.gather(MonitoringFacts?.none, within: timeout) {
      [self] context, deadline, result throws(CommandFailure) in
      try gather(until: deadline, in: context, result)
    }
    if let facts { return facts }
    let file = ConfigurationChoice(connection, in: context).file
    throw CommandFailure(
      .temporaryFailure, "\(file.escaped): not read in time; allow more with --timeout")
  }

  private func gather(
    until deadline: Deadline, in context: CommandContext, _ result: PartialResult<MonitoringFacts?>
  ) throws(CommandFailure) {
    var choice = ConfigurationChoice(connection, in: context)
    choice.deadline = deadline
    let own = try choice.read()
    let parts = MonitoringFacts.exported
    result.note { $0 = MonitoringFacts(time: WallClock.now, awaiting: parts) }
    let main = choice.monitored(own, isClient: connection.kind == .msp)
    var configurations = [main]
    if all {
      var client = choice.submissionConfiguration()
      client.deadline = deadline
      configurations.append(MonitoringObserver.Configuration(try client.read(), isClient: true))
    }
    let observer = MonitoringObserver(
      DaemonPlace(main.resolved), configurations, interruption: context.interruption,
      until: deadline)
    do {
      let facts = try observer.gather(parts) { facts in result.note { $0 = facts } }
      result.note { $0 = facts }
    } catch {
      throw CommandFailure(.interrupted, [])
    }
  }
}

extension CommandSpec {
  static let metrics = CommandSpec(
    name: "metrics", summary: "Print metrics of the daemon and its queues for Prometheus.",
    discussion: """
      They tell of the daemon's state and children, the load, the free space, the queues and the ages \
      in them, the findings of the audit, and sendmail's statistics. No connection is made. With \
      --textfile they are written for the node exporter's textfile collector. What could not be read, or \
      not in time, is left out: the exit status is 77 for a missing permission, else 75 for lack of time, \
      else 78 or 71.
      """,
    example: "metrics --textfile /var/lib/prometheus/node-exporter/sendmail.prom",
    takesAbbreviation: false, formats: .metrics,
    options: [QueueOptions.all, MetricsCommand.textfile.spec, MetricsCommand.timeout.spec]
      + ConnectionOptions.local,
    rules: [.excludes(QueueOptions.all, [ConnectionOptions.kind.spec])]
  ) { line throws(UsageError) in
    MetricsCommand(
      connection: try ConnectionOptions(line), all: line[QueueOptions.all],
      file: try line[MetricsCommand.textfile])
  }
}
