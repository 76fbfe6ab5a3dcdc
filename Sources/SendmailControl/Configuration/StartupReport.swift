// SPDX-License-Identifier: Apache-2.0

/// The report on whether sendmail would start with a configuration: what is wrong, and what would
/// happen.
package struct StartupReport: Report, Equatable {
  /// The configuration file.
  package let file: String
  /// The part that sendmail would be started for.
  package let role: StartupRole
  /// True if the file is that of the mail submission program.
  package let isSubmission: Bool
  /// The outcome of a start.
  package let startup: Startup
  /// The ports at which sendmail could not listen. It says nothing of them before it is started.
  package let obstacles: [PortObstacle]
  /// Facts that sendmail does not report, a sentence each.
  package let notes: [String]
  /// True if a message rests on the map classes of Debian's sendmail, since the program itself was not
  /// asked.
  package let assumesMapClasses: Bool
  /// The paths that this user was not permitted to look up, as a daemon is: no judgement depends on them.
  package let unchecked: [[UInt8]]

  /// A report on `configuration`.
  ///
  /// `queues` are its queue directories; `nil` to leave the file system out of the judgement.
  /// `role` is the part that sendmail would be started for. `unchecked` are the paths that this user may not look up.
  /// `obstacles` are the ports at which sendmail could not listen as of now, on this machine; those that are in the
  /// way of one another are found here.
  package init(
    _ configuration: SendmailConfiguration, queues: QueueDirectories?,
    as role: StartupRole = .daemon,
    unchecked: Set<[UInt8]> = [], obstacles: [PortObstacle] = []
  ) {
    file = configuration.file
    self.role = role
    isSubmission = configuration.usesMSP
    self.obstacles =
      role == .daemon && !configuration.usesMSP && !configuration.isMacroSource
      ? PortObstacle.duplicates(
        in: configuration.servedPorts,
        bindsVersion6Only: configuration.bindsVersion6Only) + obstacles : []
    self.unchecked = unchecked.sorted { $0.lexicographicallyPrecedes($1) }
    startup = Startup(
      messages: configuration.startup(with: queues, as: role).messages.filter { message in
        !unchecked.contains { message.message.bytes.firstRange(of: $0) != nil }
      })
    notes =
      configuration.isMacroSource
      ? []
      : configuration.notes + configuration.hostsNotLookedUp
        + [configuration.hostNameNote].compactMap { $0 }
    assumesMapClasses = configuration.assumesMapClasses(in: startup.messages)
  }

  /// The status that sendmail would exit with; `nil` when it would start.
  package var exitStatus: Int32? {
    startup.exitStatus ?? (decisive.isEmpty ? nil : ConfigurationParser.ExitCode.system)
  }

  /// True if sendmail would start.
  package var wouldStart: Bool { exitStatus == nil }

  /// The obstacles that keep sendmail from starting.
  private var decisive: [PortObstacle] { obstacles.filter(\.isDecisive) }

  /// True if everything was checked.
  package var isComplete: Bool { unchecked.isEmpty }

  /// The verdict: `sendmail would start`, or `sendmail would not start: exit status 71`.
  package var verdict: String {
    let part = isSubmission && role == .queueRunner ? Self.submissionRunner : ""
    guard let exitStatus else {
      return "sendmail would start\(part)" + (isComplete ? "" : ", as far as this user can check")
    }
    let isRetried = startup.wouldStart && decisive.allSatisfy(\.isRetried)
    return "sendmail would not start\(part): exit status \(exitStatus)"
      + (isRetried ? ", after a minute of attempts" : "")
  }

  private static let submissionRunner =
    " as the mail submission program's queue runner (sendmail -Ac -q30m)"

  /// Lines about what was not checked.
  package var uncheckedLines: [String] {
    unchecked.map { "not checked: \(TerminalEscaping.escape($0)): Permission denied" }
  }

  /// The lines about what keeps sendmail from starting.
  package var reasons: [String] {
    ConfigurationReport.lines(of: startup.messages.filter { $0.effect.exitCode != nil }, file: file)
      .map(\.text) + decisive.map(\.text)
  }

  /// The lines about ports at which sendmail could not listen, and whether it ends for them.
  var obstacleLines: [(text: String, isError: Bool)] {
    obstacles.map { obstacle in
      let moment = obstacle.isMomentary ? "as of now; " : ""
      let consequence =
        obstacle.isDecisive
        ? "sendmail would not start: exit status \(ConfigurationParser.ExitCode.system)"
        : obstacle.isOptional
          ? "sendmail would go on without it" : "sendmail would start once that process has ended"
      return ("\(obstacle.text) (\(moment)\(consequence))", obstacle.isDecisive)
    }
  }

  /// True if the verdict is certain: it does not rest on map classes that are only assumed.
  package var isCertain: Bool {
    !assumesMapClasses || startup.cause?.isAboutMapClass != true || !decisive.isEmpty
  }
}

extension SendmailConfiguration {
  /// Returns whether one of `messages` rests on the map classes of Debian's sendmail, since the program itself was
  /// not asked.
  package func assumesMapClasses(in messages: [ConfigurationDiagnostic]) -> Bool {
    build.isAssumed && messages.contains(where: \.isAboutMapClass)
  }
}

extension ConfigurationDiagnostic {
  /// True if it says that sendmail lacks a class of maps.
  package var isAboutMapClass: Bool {
    let text = sendmailText(file: "")
    return text.hasSuffix(" not available") || text.contains("unknown alias class")
  }
}

extension StartupReport {
  /// The report in JSON. Members are only ever added.
  package struct Document: Sendable, Encodable {
    /// `smcontrol.startup/1`.
    package var schema = "smcontrol.startup/1"
    /// The configuration file.
    package let file: String
    /// True if sendmail would start.
    package let wouldStart: Bool
    /// The status that it would exit with; null when it would start.
    package let exitStatus: Nullable<Int32>
    /// The messages that sendmail would print.
    package let diagnostics: [ConfigurationDocument.Diagnostic]
    /// Facts that sendmail does not report.
    package let notes: [String]
    /// True if the map classes are assumed to be those of Debian's sendmail.
    package let assumesMapClasses: Bool
    /// True if everything was checked.
    package let complete: Bool
    /// The paths that this user was not permitted to look up.
    package let unchecked: [String]
    /// `daemon` or `queueRunner`.
    package let program: String
    /// The ports at which sendmail could not listen.
    package let unavailablePorts: [Port]
  }

  /// A port at which sendmail could not listen, in JSON.
  package struct Port: Sendable, Encodable {
    /// Its name.
    package let name: String
    /// Its address and number.
    package let address: String
    /// `duplicate`, `address` or `held`.
    package let cause: String
    /// The reason in a sentence.
    package let problem: String
    /// True if sendmail would not start because of it.
    package let keepsFromStarting: Bool
    /// True if it is so as of now, on this machine, not by the file alone.
    package let momentary: Bool
    /// The process that listens there; null when that is not the cause, or not known.
    package let holder: Nullable<RunningDocument.Holder>
  }

  /// The report in JSON.
  package var document: Document {
    Document(
      file: file, wouldStart: wouldStart, exitStatus: Nullable(exitStatus),
      diagnostics: startup.messages.map(ConfigurationDocument.Diagnostic.init), notes: notes,
      assumesMapClasses: assumesMapClasses, complete: isComplete,
      unchecked: unchecked.map { String(decoding: $0, as: UTF8.self) },
      program: role == .queueRunner ? "queueRunner" : "daemon",
      unavailablePorts: obstacles.map(Port.init))
  }
}

extension StartupReport.Port {
  fileprivate init(_ obstacle: PortObstacle) {
    name = String(decoding: obstacle.name, as: UTF8.self)
    address = obstacle.address
    cause = obstacle.causeName
    problem = obstacle.text
    keepsFromStarting = obstacle.isDecisive
    momentary = obstacle.isMomentary
    var process: ObservedProcess?
    if case .held(let holder) = obstacle.cause { process = holder }
    holder = Nullable(process.map(RunningDocument.Holder.init))
  }
}
