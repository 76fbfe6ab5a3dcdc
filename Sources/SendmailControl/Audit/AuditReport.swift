// SPDX-License-Identifier: GPL-3.0-or-later

/// All that the audit of one configuration has to say.
public struct AuditReport: Sendable, Equatable {
  /// What a group of findings is about.
  public enum Subject: String, Sendable {
    case socket
    case daemon
    case queue
    case privacy
    case configuration

    /// A heading.
    public var title: String {
      switch self {
      case .socket: "Control socket"
      case .daemon: "Daemon"
      case .queue: "Queue directory"
      case .privacy: "Who may list the queue"
      case .configuration: "Configuration"
      }
    }
  }

  /// The findings about one path.
  public struct Group: Sendable, Equatable {
    /// What it is about.
    public let subject: Subject
    /// The path.
    public let path: [UInt8]
    /// The components of the path; none where they do not matter.
    public internal(set) var ladder = Ladder()
    /// What was found, the worst first.
    public internal(set) var findings: [Finding] = []
    /// What could not be looked at.
    public internal(set) var unseen: [Unseen] = []

    init(_ subject: Subject, _ path: [UInt8]) {
      self.subject = subject
      self.path = path
    }

    /// Marks the ladder and puts the worst findings first.
    mutating func finish() {
      ladder.mark(findings)
      // By hand: the order of findings that are equally bad is that of the path.
      findings = AuditSeverity.allCases.flatMap { severity in
        findings.filter { $0.rule.severity == severity }
      }
    }
  }

  /// The configuration file.
  public let file: [UInt8]
  /// Whether it is the mail submission program's.
  public let isClient: Bool
  /// The groups, in the order of looking.
  public internal(set) var groups: [Group] = []

  /// Every finding.
  public var findings: [Finding] { groups.flatMap(\.findings) }
  /// Everything that could not be looked at, once.
  public var unseen: [Unseen] {
    var seen: Set<Unseen> = []
    return groups.flatMap(\.unseen).filter { seen.insert($0).inserted }
  }

  /// The number of findings of this severity.
  public func count(_ severity: AuditSeverity) -> Int {
    findings.count { $0.rule.severity == severity }
  }
}

extension AuditReport {
  /// Audits `configuration`.
  ///
  /// - Parameters:
  ///   - resolved: the configuration, and what the file system makes of its paths.
  ///   - isClient: whether it is meant as the mail submission program's, whatever it says of itself.
  ///   - sight: what was seen of the daemon.
  ///   - world: the machine.
  public init(
    of resolved: ResolvedConfiguration, isClient: Bool, sight: DaemonSight, in world: AuditWorld
  ) {
    let configuration = resolved.configuration
    file = Array(configuration.file.utf8)
    self.isClient = isClient || configuration.usesMSP
    // The mail submission program is RunAsUser as soon as it starts, whoever starts it.
    let identity = AuditIdentity(
      configuration, realUser: self.isClient ? 0 : sight.realUser ?? 0, in: world)
    let context = AuditContext(
      configuration: configuration, realBase: resolved.baseQueueDirectory, isClient: self.isClient,
      identity: identity, sight: sight, world: world)
    groups = [SocketAudit(context).group()]
    if let daemon = CommandLineAudit(context).group() { groups.append(daemon) }
    groups += QueueAudit(context).groups() + [PrivacyAudit(context).group()]
    if let client = ClientAudit(context).group() { groups.append(client) }
    groups = groups.filter { !$0.isEmpty }
    for index in groups.indices { groups[index].finish() }
    removeRepetitions()
  }

  /// Queues have directories in common: what is wrong with one is said where it is met first, and
  /// only marked on the other ladders.
  private mutating func removeRepetitions() {
    var said: Set<Finding> = []
    for index in groups.indices {
      groups[index].findings.removeAll { !said.insert($0).inserted }
    }
  }
}

extension AuditReport.Group {
  fileprivate var isEmpty: Bool { ladder.rungs.isEmpty && findings.isEmpty && unseen.isEmpty }
}

/// What the parts of an audit share.
struct AuditContext {
  let configuration: SendmailConfiguration
  /// The base queue directory without symbolic links.
  let realBase: [UInt8]
  let isClient: Bool
  let identity: AuditIdentity
  let sight: DaemonSight
  let world: AuditWorld

  /// The configuration file's name, for messages.
  var file: String { HarmlessText.make(configuration.file.utf8) }

  /// A rule that is broken because something cannot be looked at, as it is said.
  static func reason(_ rule: PathRule) -> String? {
    switch rule {
    case .notPermitted: "Permission denied"
    case .systemError(let number): "error \(number) of the system"
    default: nil
    }
  }
}
