// SPDX-License-Identifier: Apache-2.0

/// The result of auditing one configuration.
package struct AuditReport: Sendable, Equatable {
  /// The subject of a group of findings.
  package enum Subject: String, Sendable {
    case socket
    case daemon
    case queue
    case privacy
    case configuration
    case map
    case tls
    case filter

    /// The heading.
    package var title: String {
      switch self {
      case .socket: "Control socket"
      case .daemon: "Daemon"
      case .queue: "Queue directory"
      case .privacy: "Queue listing"
      case .configuration: "Configuration"
      case .map: "Maps and aliases"
      case .tls: "Certificates and keys"
      case .filter: "Mail filters"
      }
    }
  }

  /// The findings about one path.
  package struct Group: Sendable, Equatable {
    /// The subject.
    package let subject: Subject
    /// The path.
    package let path: [UInt8]
    /// The components of the path; none where they do not matter.
    package internal(set) var components = PathComponents()
    /// The findings, the most severe first.
    package internal(set) var findings: [Finding] = []
    /// The paths that could not be checked.
    package internal(set) var unchecked: [Unchecked] = []

    init(_ subject: Subject, _ path: [UInt8]) {
      self.subject = subject
      self.path = path
    }

    /// Annotates the components and puts the most severe findings first.
    mutating func finish() {
      components.annotate(with: findings)
      // Findings of equal severity stay in the order of the path; `sort` need not be stable.
      findings = AuditSeverity.allCases.flatMap { severity in
        findings.filter { $0.rule.severity == severity }
      }
    }
  }

  /// The configuration file.
  package let file: [UInt8]
  /// True if the file is the mail submission program's.
  package let isClient: Bool
  /// The groups, in the order of the checks.
  package internal(set) var groups: [Group] = []

  /// Every finding.
  package var findings: [Finding] { groups.flatMap(\.findings) }
  /// Everything that could not be checked, without duplicates.
  package var unchecked: [Unchecked] {
    var listed: Set<Unchecked> = []
    return groups.flatMap(\.unchecked).filter { listed.insert($0).inserted }
  }

  /// The number of findings of this severity.
  package func count(_ severity: AuditSeverity) -> Int {
    findings.count { $0.rule.severity == severity }
  }
}

extension AuditReport {
  /// Audits `configuration`.
  ///
  /// - Parameters:
  ///   - resolved: the configuration and its paths as the file system resolves them.
  ///   - isClient: whether the file serves as the mail submission program's, even without UseMSP.
  ///   - observation: the observation of the daemon, with who holds its socket.
  ///   - queues: the queue directories of the configuration.
  ///   - filters: the mail filters in use, and whether they listen.
  ///   - files: the machine's files.
  ///   - accounts: the machine's users and groups.
  ///   - machine: the machine.
  package init(
    of resolved: ResolvedConfiguration, isClient: Bool, observation: DaemonObservation,
    queues: QueueDirectories, filters: [FilterObservation] = [], files: any FileView,
    accounts: any Accounts, machine: Machine
  ) {
    let configuration = resolved.configuration
    file = Array(configuration.file.utf8)
    self.isClient = isClient || configuration.usesMSP
    // The mail submission program becomes RunAsUser when it starts, no matter who starts it.
    let identity = AuditIdentity(
      configuration, realUser: self.isClient ? 0 : Self.realUser(observation) ?? 0,
      accounts: accounts)
    let context = AuditContext(
      configuration: configuration, realBase: resolved.baseQueueDirectory.bytes,
      isClient: self.isClient,
      identity: identity, observation: observation, queues: queues, filters: filters, files: files,
      accounts: accounts, machine: machine)
    groups = [Self.elsewhere(observation), SocketAudit(context).group()].compactMap { $0 }
    if let daemon = CommandLineAudit(context).group() { groups.append(daemon) }
    groups += QueueAudit(context).groups() + [PrivacyAudit(context).group()]
    if let limits = LimitsAudit(context).group() { groups.append(limits) }
    groups += [
      MapAudit(context).group(), TLSAudit(context).group(), FilterAudit(context).group(),
    ].compactMap { $0 }
    if let client = ClientAudit(context).group() { groups.append(client) }
    groups = groups.filter { !$0.isEmpty }
    let source = MacroForm.source(of: file).flatMap { source in
      if case .found = files.lookup(source) { source } else { nil }
    }
    for index in groups.indices {
      groups[index].findings = groups[index].findings.map {
        $0.addingMacroForms(
          MacroForm(isClient: self.isClient), source: source,
          builder: machine.isDebian ? "sendmailconfig" : "make")
      }
      groups[index].finish()
    }
    removeDuplicates()
  }

  /// The finding about a daemon that works in another directory, which comes first: what the audit says of
  /// queues is not about its own.
  private static func elsewhere(_ observation: DaemonObservation) -> Group? {
    guard let directory = observation.workingDirectory, let difference = directory.difference else {
      return nil
    }
    var group = Group(.queue, directory.configured)
    group.findings = [
      Finding(
        .queueDaemonElsewhere, directory.configured, difference,
        remediation: [
          .advice(
            "move the messages to the directory that is to be the queue, and restart the daemon")
        ])
    ]
    return group
  }

  /// The user that started the daemon, if the PID file names it. A process that merely holds the socket
  /// may be anyone's.
  private static func realUser(_ observation: DaemonObservation) -> UInt32? {
    observation.pidFileDaemonID == nil ? nil : observation.namedProcess.value?.realUser
  }

  /// Removes repeated findings: queues have directories in common. A finding is kept where it is met
  /// first; elsewhere only the component is annotated.
  private mutating func removeDuplicates() {
    var reported: Set<Finding> = []
    for index in groups.indices {
      groups[index].findings.removeAll { !reported.insert($0).inserted }
    }
  }
}

extension AuditReport.Group {
  fileprivate var isEmpty: Bool {
    components.list.isEmpty && findings.isEmpty && unchecked.isEmpty
  }
}

/// The values that all parts of an audit need.
struct AuditContext {
  let configuration: SendmailConfiguration
  /// The base queue directory with symbolic links resolved.
  let realBase: [UInt8]
  let isClient: Bool
  let identity: AuditIdentity
  let observation: DaemonObservation
  let queues: QueueDirectories
  let filters: [FilterObservation]
  let files: any FileView
  let accounts: any Accounts
  let machine: Machine

  /// Returns the absolute path of a file that sendmail opens when it works in its base queue directory.
  func path(_ file: [UInt8]) -> [UInt8] {
    file.first == ASCII.slash ? file : realBase + [ASCII.slash] + file
  }

  /// The configuration file's name, for messages.
  var file: String { TerminalEscaping.escape(configuration.file.utf8) }
}
