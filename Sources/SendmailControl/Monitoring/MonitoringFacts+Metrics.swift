// SPDX-License-Identifier: Apache-2.0

extension MonitoringFacts {
  /// The facts that metrics are made of.
  package static let exported: Parts = [
    .daemon, .ports, .configurationAge, .load, .space, .queues, .audit, .statistics,
  ]

  /// The facts as families of metrics, without those that are not known.
  package var metrics: [MetricFamily] {
    daemonMetrics + machineMetrics + queueMetrics + [findings] + statisticsMetrics
      + [completeness]
  }

  // MARK: The daemon

  private var daemonMetrics: [MetricFamily] {
    var up = MetricFamily("up", "Whether the daemon runs: 1 or 0.")
    if let isAlive = daemon.value?.isAlive { up.add(isAlive) }
    var state = MetricFamily(
      "state", "Whether the daemon is in this state: 1 for one state, 0 for the others.")
    for other in MonitoredState.allCases {
      state.add(other == self.state.state, ("state", other.rawValue))
    }
    var start = MetricFamily(
      "start_time_seconds", "Time at which the daemon's process began, in seconds since 1970.")
    if let time = daemonStart.value { start.add(time) }
    var changed = MetricFamily(
      "configuration_changed",
      "Whether a file that the daemon read at its start has changed since: 1 or 0.")
    if let isCurrent = configurationAge.value?.isCurrent { changed.add(!isCurrent) }
    var ports = MetricFamily(
      "port_open", "Whether the daemon listens on a port of its configuration: 1 or 0.")
    for port in self.ports.value ?? [] where port.state != .disabled {
      guard let isMissing = port.isMissing else { continue }
      ports.add(
        !isMissing, ("port", TerminalEscaping.escape(port.port.name)), ("address", port.address))
    }
    return [up, state] + childMetrics + [start, changed, ports]
  }

  private var childMetrics: [MetricFamily] {
    var count = MetricFamily("children", "Children of the daemon, those not yet reaped included.")
    // A daemon that does not run has none.
    if let children = children.value ?? (children == .absent ? 0 : nil) { count.add(children) }
    var limit = MetricFamily("children_limit", "MaxDaemonChildren; +Inf for no limit.")
    if let maximum = maximumChildren.value { limit.add(Self.limit(maximum)) }
    var kinds = MetricFamily("processes", "Children of the daemon by kind, from their titles.")
    if let observation = daemon.value,
      let children = observation.isAlive == false ? [] : observation.children.value
    {
      let prefix = observation.place.titlePrefix
      let counts = Dictionary(
        grouping: children, by: { ChildKind.Category(title: $0.title ?? [], prefix: prefix) })
      for kind in ChildKind.Category.allCases where kind != .answeringControl {
        kinds.add(counts[kind]?.count ?? 0, ("kind", kind.rawValue))
      }
    }
    return [count, limit, kinds]
  }

  // MARK: The machine

  private var machineMetrics: [MetricFamily] {
    var average = MetricFamily("load_average", "The machine's one-minute load average.")
    if let load = load.value { average.add((load * 100).rounded() / 100) }
    var limits = MetricFamily(
      "load_limit",
      """
      The load from which mail is queued (QueueLA) and from which SMTP connections are refused \
      (RefuseLA); +Inf for none.
      """)
    if let thresholds = thresholds.value {
      limits.add(thresholds.queueLA, ("limit", "queue"))
      limits.add(Self.limit(thresholds.refuseLA), ("limit", "refuse"))
    }
    var free = MetricFamily(
      "filesystem_free_bytes",
      "Space that is free for unprivileged users on the file system of a queue directory.")
    for system in space.value ?? [] {
      guard let info = system.info else { continue }
      free.add(Double(info.freeSpace) * 1024, ("directory", TerminalEscaping.escape(system.path)))
    }
    return [average, limits, free]
  }

  private static func limit(_ number: Int) -> Double { number > 0 ? Double(number) : .infinity }

  // MARK: The queues

  private var queueMetrics: [MetricFamily] {
    var families = QueueMetrics()
    for group in (queues.value ?? []).flatMap(\.groups) {
      for directory in group.directories where !directory.isRepeated {
        families.add(directory, of: group, now: time)
      }
    }
    return families.all
  }

  private var findings: MetricFamily {
    var family = MetricFamily(
      "audit_findings", "Findings of smcontrol audit about the control socket and the queues.")
    if let audits = audits.value {
      for severity in AuditSeverity.allCases {
        family.add(
          audits.reduce(0) { $0 + $1.count(severity) }, ("severity", severity.rawValue))
      }
    }
    return family
  }

  // MARK: The statistics

  private var statisticsMetrics: [MetricFamily] {
    var isKept = MetricFamily(
      "statistics_enabled", "Whether sendmail keeps statistics, in StatusFile: 1 or 0.")
    switch statistics {
    case .known: isKept.add(true)
    case .absent: isKept.add(false)
    case .unknown, .notAsked: break
    }
    return [isKept]
      + (statistics.value.map { $0.counts.metrics(names: $0.mailerNames) } ?? [])
  }

  // MARK: The reading

  private var completeness: MetricFamily {
    var family = MetricFamily(
      "scrape_complete", "Whether everything of this part could be read: 1 or 0.")
    for (part, problems) in problems { family.add(problems.isEmpty, ("part", part)) }
    return family
  }

  /// The reasons why something of a part could not be read, for each part.
  package var problems: [(part: String, problems: [QueueReport.Problem])] {
    [
      ("daemon", daemonProblems),
      (
        "ports",
        Self.problems(ports, of: "ports")
          + (ports.value ?? []).filter { $0.isMissing == nil }.map {
            QueueReport.Problem(.system, "ports: \($0.text)")
          }
      ),
      (
        "configuration",
        Self.problems(configurationAge, of: "configuration")
          // A change that is known is enough.
          + (configurationAge.value.map { $0.isCurrent == nil ? $0.problems : [] } ?? [])
      ),
      ("load", Self.problems(load, of: "load")),
      (
        "space",
        Self.problems(space, of: "space") + (space.value ?? []).compactMap(\.problem)
      ),
      ("queues", Self.problems(queues, of: "queues") + queueProblems()),
      ("audit", Self.problems(audits, of: "audit") + auditProblems),
      ("statistics", Self.problems(statistics, of: "statistics")),
    ]
  }

  private var daemonProblems: [QueueReport.Problem] {
    guard let observation = daemon.value else { return Self.problems(daemon, of: "daemon") }
    var problems = Self.problems(children, of: "children")
    let finding = state
    if finding.state == .unknown, !finding.reason.isEmpty {
      problems.append(
        QueueReport.Problem(
          observation.isDaemonForbidden ? .noPermission : .system,
          "the daemon's state is not known: \(finding.reason)"))
    }
    return problems
  }

  private var auditProblems: [QueueReport.Problem] {
    let unchecked = (audits.value ?? []).flatMap(\.unchecked)
    guard !unchecked.isEmpty else { return [] }
    return [
      QueueReport.Problem(
        unchecked.contains(where: \.isForbidden) ? .noPermission : .system,
        "audit: \(Self.counted(unchecked.count, "path", "paths")) could not be checked")
    ]
  }

  /// The reason why a part is not known, if it is not: none or one.
  private static func problems(
    _ fact: Fact<some Sendable & Equatable>, of part: String
  ) -> [QueueReport.Problem] {
    guard let reason = fact.reason else { return [] }
    if reason == late { return [QueueReport.Problem(.notInTime, "\(part): \(reason)")] }
    return [QueueReport.Problem(fact.isForbidden ? .noPermission : .system, reason)]
  }
}

extension ConfigurationAge {
  /// The reasons why it is not known whether something changed.
  fileprivate var problems: [QueueReport.Problem] {
    unknown.map { QueueReport.Problem(isForbidden ? .noPermission : .system, $0) }
  }
}

extension QueueFileSystem {
  /// The reason why its space is not known.
  fileprivate var problem: QueueReport.Problem? {
    info == nil
      ? QueueReport.Problem(
        isForbidden ? .noPermission : .system,
        "\(TerminalEscaping.escape(path)): its free space cannot be read") : nil
  }
}

/// The families of the queue directories.
private struct QueueMetrics {
  private var messages = MetricFamily("queue_messages", "Messages that wait in a queue directory.")
  private var bytes = MetricFamily("queue_bytes", "Bytes of the bodies in a queue directory.")
  private var oldest = MetricFamily(
    "queue_oldest_seconds", "Age of the oldest message that waits; 0 for none.")
  private var ages = MetricFamily(
    "queue_age_seconds", "Ages of the messages that wait.", kind: .histogram)
  private var quarantined = MetricFamily("queue_quarantined", "Messages in quarantine.")
  private var lost = MetricFamily("queue_lost", "Messages that sendmail has given up.")
  private var toBeLost = MetricFamily(
    "queue_to_be_lost",
    "Messages that the next queue run gives up, by the owner, mode and size of their files.")
  private var locked = MetricFamily(
    "queue_locked", "Messages that are locked, mostly because they are being delivered.")
  private var incomplete = MetricFamily(
    "queue_incomplete",
    "Messages without a body, and unfinished control files and bodies alone, older than an hour.")

  var all: [MetricFamily] {
    [messages, bytes, oldest, ages, quarantined, lost, toBeLost, locked, incomplete]
  }

  mutating func add(
    _ directory: QueueReport.Directory, of group: QueueReport.Group, now: Int
  ) {
    guard let counts = directory.counts else { return }
    let queue = ("queue", TerminalEscaping.escape(directory.path))
    let group = ("group", TerminalEscaping.escape(group.name))
    messages.add(counts.messages, queue, group)
    bytes.add(counts.bytes, queue, group)
    oldest.add(counts.oldest.map { AgeHistogram.age(of: $0, at: now) } ?? 0, queue, group)
    ages.add(counts.ages, queue, group)
    quarantined.add(counts.quarantined, queue, group)
    lost.add(counts.lost, queue, group)
    toBeLost.add(counts.toBeLost, queue, group)
    if let number = counts.locked { locked.add(number, queue, group) }
    incomplete.add(counts.incomplete, queue, group)
  }
}
