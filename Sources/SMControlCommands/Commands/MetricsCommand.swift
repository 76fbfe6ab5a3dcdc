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

  let connection: ConnectionOptions
  /// True if the client queue is exported, too.
  let all: Bool
  /// The file to write; `nil` for standard output.
  let file: FilePath?

  var formats: Formats? { file == nil ? nil : .textFile }

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let start = ContinuousClock.now
    let facts = try gather(in: context)
    let report = MetricsReport(facts, duration: ContinuousClock.now - start)
    let problems = facts.problems.flatMap(\.problems)
    let status: ExitStatus = problems.isEmpty ? .ok : .noPermission
    guard let file else {
      return try await output.show(Outcome(report, status: status, remarks: problems))
    }
    do throws(FileError) {
      let draft = try AtomicFile(
        at: file, permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try draft.write(Array(report.prometheus.utf8)[...])
      // A machine that crashes needs no metrics of the time before.
      try draft.commit(syncs: false)
    } catch {
      throw CommandFailure(error)
    }
    context.console.complain(problems)
    return status
  }

  private func gather(in context: CommandContext) throws(CommandFailure) -> MonitoringFacts {
    let choice = ConfigurationChoice(connection, in: context)
    let main = try choice.read()
    var configurations = [MonitoringObserver.Configuration(main, isClient: connection.kind == .msp)]
    if all {
      configurations.append(
        MonitoringObserver.Configuration(
          try choice.submissionConfiguration().read(), isClient: true))
    }
    let observer = MonitoringObserver(
      DaemonPlace(main), configurations, interruption: context.interruption)
    do {
      return try observer.gather(MonitoringFacts.exported)
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
      --textfile they are written for the node exporter's textfile collector. What could not be read \
      is left out, and the exit status is 77.
      """,
    example: "metrics --textfile /var/lib/prometheus/node-exporter/sendmail.prom",
    takesAbbreviation: false, formats: .metrics,
    options: [QueueOptions.all, MetricsCommand.textfile.spec] + ConnectionOptions.local,
    rules: [.excludes(QueueOptions.all, [ConnectionOptions.kind.spec])]
  ) { line throws(UsageError) in
    MetricsCommand(
      connection: try ConnectionOptions(line), all: line[QueueOptions.all],
      file: try line[MetricsCommand.textfile])
  }
}
