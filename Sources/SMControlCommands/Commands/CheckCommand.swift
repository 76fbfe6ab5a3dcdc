// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// `smcontrol check`
struct CheckCommand: Command {
  let connection: ConnectionOptions
  let options: CheckOptions
  /// The words after the program's name, for a line of sudoers.
  let words: [Word]

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    let gathered = try gather(in: context)
    let facts = gathered.facts
    let results = options.requests.map { facts.result(of: $0, groups: options.groups) }
    let user = ProcessIdentity.current.effectiveUser
    let needsRights = user != 0 && results.contains(where: \.needsRights)
    let report = CheckReport(
      results, verbosity: options.verbosity, subject: gathered.subject,
      user: needsRights ? LiveAccounts.live.userName(user) : nil,
      command: needsRights ? Self.program + words : [])
    return try await output.show(Outcome(report, status: ExitStatus(report.state)))
  }

  /// This program's path.
  private static var program: [Word] {
    [(try? Files.linkTarget(of: "/proc/self/exe")) ?? Word("/usr/sbin/smcontrol".utf8)]
  }

  /// The facts, and lines that show where they are from.
  private struct Gathered: Sendable {
    var facts: MonitoringFacts
    var subject: [String] = []
  }

  /// Gathers the facts; what has not been read in time is not known.
  private func gather(in context: CommandContext) throws(CommandFailure) -> Gathered {
    let parts = options.requests.reduce(into: MonitoringFacts.Parts()) {
      $0.formUnion($1.check.parts)
    }
    return try context.gather(
      Gathered(facts: MonitoringFacts(time: WallClock.now, awaiting: parts)),
      within: try Target.timeout(connection, context.environment)
    ) { [self] context, deadline, result throws(CommandFailure) in
      try gather(parts, until: deadline, in: context, result)
    }
  }

  private func gather(
    _ parts: MonitoringFacts.Parts, until deadline: Deadline, in context: CommandContext,
    _ result: PartialResult<Gathered>
  ) throws(CommandFailure) {
    let target = try Target(connection, context: context, warns: false)
    var configurations = try target.ownConfiguration(isClient: connection.kind == .msp)
    result.note { $0.subject = target.subject }
    var missing: QueueReport.Queues?
    if options.includesClient {
      let choice = target.choice.submissionConfiguration()
      do throws(CommandFailure) {
        configurations.append(MonitoringObserver.Configuration(try choice.read(), isClient: true))
      } catch {
        let problem = QueueReport.Problem(
          error.exitCode == ExitStatus.noPermission.rawValue ? .noPermission : .notThere,
          error.lines.joined(separator: "; "))
        missing = QueueReport.Queues(file: choice.file.bytes, base: [], problems: [problem])
      }
    }
    let place = target.place()
    let reply = options.queries ? target.monitoringReply(until: deadline) : .notAsked
    let observer = MonitoringObserver(
      place, configurations, interruption: context.interruption, until: deadline)
    func note(_ facts: MonitoringFacts) {
      var facts = facts
      facts.reply = reply
      if let missing, let queues = facts.queues.value { facts.queues = .known(queues + [missing]) }
      result.note { $0.facts = facts }
    }
    do {
      note(try observer.gather(parts, noting: note))
    } catch {
      throw CommandFailure(.interrupted, [])
    }
  }
}

extension Target {
  /// The configuration of the daemon that is meant; none for a socket that was named alone, whose
  /// configuration is not known.
  ///
  /// - Throws: ``CommandFailure``, when the file that was named cannot be read.
  fileprivate func ownConfiguration(
    isClient: Bool
  ) throws(CommandFailure) -> [MonitoringObserver.Configuration] {
    guard configuration() != nil || choice.isExplicit || !isSocketNamed else { return [] }
    return [choice.monitored(try choice.read(), isClient: isClient)]
  }

  /// The files that show which daemon is meant, a line each.
  fileprivate var subject: [String] {
    let configuration = configuration()
    return [
      "configuration file: \(configuration == nil ? "none" : choice.file.escaped)",
      "control socket: \(socket?.escaped ?? "not configured")",
      "PID file: \(pidFile()?.escaped ?? "not known")",
    ]
  }

  /// The outcome of one query, which is only made where it is certain that it does not bring the daemon near
  /// its limit of children.
  fileprivate func monitoringReply(until deadline: Deadline) -> Fact<QueryOutcome> {
    guard socket != nil else { return .unknown(reason: "no control socket is configured") }
    guard let configured = configuration()?.maximumDaemonChildren else {
      return .known(.withheld(reason: "its MaxDaemonChildren is not known"))
    }
    let observer = DaemonObserver(place())
    if observer.observe([.files]).maximumChildren(configured: configured) > 0 {
      guard let limit = childLimit() else {
        return .known(.withheld(reason: "its children cannot be seen"))
      }
      guard !limit.isNear else {
        return .known(
          .withheld(reason: "it has \(limit.children) of \(limit.maximum) children"))
      }
    }
    return query(until: deadline)
  }

  private func query(until deadline: Deadline) -> Fact<QueryOutcome> {
    do throws(CommandFailure) {
      var client = try client()
      // The other half is for all that is read.
      client.timeout = deadline.timeLeft / 2
      do {
        let reply = try client.send(.status)
        return .known(
          .replied(
            try DaemonStatus(
              parsing: reply.bytes,
              identity: DaemonIdentity(listener: reply.end.peer?.processID))))
      } catch let error as ControlError {
        return error.outcome
      } catch {
        return .known(.silent(reason: "\(error)"))
      }
    } catch {
      return .unknown(reason: error.lines.first ?? error.cause)
    }
  }
}

extension ControlError {
  /// The failure of a query as what it says about the daemon.
  fileprivate var outcome: Fact<QueryOutcome> {
    switch meaning {
    case .down: .known(.down(reason: description))
    case .hanging, .broken: .known(.silent(reason: description))
    case .notAllowed, .notConfigured, .refused, .cancelled, .system: .unknown(reason: description)
    }
  }
}

extension CommandSpec {
  static let check = CommandSpec(
    name: "check", summary: "Check the daemon and its queues, as a monitoring plugin.",
    discussion: """
      Without a check it is --state and --oldest. RANGES is WARNING[,CRITICAL]: each a range as in \
      the Monitoring Plugins guidelines, 10, 10:, ~:10, 10:20 or @10:20, with the units s, m, h, d for \
      times and K, M, G, T for sizes. The exit status is 0 for OK, 1 for WARNING, 2 for CRITICAL and 3 \
      for UNKNOWN: something could not be read, or the check could not be made. No connection is made \
      without --query.
      """,
    example: "check --state --messages 100,1000 --oldest 4h,1d", exits: .plugin, formats: .plugin,
    options: CheckOptions.specs + [ConnectionOptions.socket.spec] + ConnectionOptions.file + [
      ConnectionOptions.kind.spec, CheckOptions.timeout.spec, CheckOptions.format.spec,
      CheckOptions.verbose, ConnectionOptions.readOnly,
    ],
    rules: [.excludes(QueueOptions.all, [ConnectionOptions.kind.spec])]
  ) { line throws(UsageError) in
    var connection = try ConnectionOptions(line)
    // Here it asks for more lines of the result.
    connection.verbose = false
    return CheckCommand(
      connection: connection, options: try CheckOptions(line),
      words: [Word("check".utf8)]
        + line.given.flatMap { [Word($0.option.name.utf8)] + ($0.value.isEmpty ? [] : [$0.value]) })
  }
}
