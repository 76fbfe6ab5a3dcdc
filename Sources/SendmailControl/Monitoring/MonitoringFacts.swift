// SPDX-License-Identifier: Apache-2.0

/// The facts about a daemon, its queues and its machine that monitoring compares with thresholds or exports.
/// None of them needs a connection, but ``reply``.
package struct MonitoringFacts: Sendable {
  /// The groups of facts that can be asked for, each with its cost.
  package struct Parts: OptionSet, Sendable {
    /// The bits.
    package let rawValue: Int

    /// Parts by their bits.
    package init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// The daemon's state, its children and its limits: what `status --passive` reads.
    package static let daemon = Parts(rawValue: 1 << 0)
    /// The machine's load: one file.
    package static let load = Parts(rawValue: 1 << 1)
    /// The free space of the queues' file systems: two system calls a queue directory.
    package static let space = Parts(rawValue: 1 << 2)
    /// The messages in the queue directories: every entry of each of them, and a system call a body.
    package static let queues = Parts(rawValue: 1 << 3)
    /// The findings of the audit: the owners and modes of all paths, and every descriptor of every process.
    package static let audit = Parts(rawValue: 1 << 4)
    /// The outcome of a start with the configuration: all files that it names.
    package static let startup = Parts(rawValue: 1 << 5)
    /// The configured ports and who listens there, with ``daemon``: one question to the kernel, and the
    /// descriptors of the daemon.
    package static let ports = Parts(rawValue: 1 << 6)
    /// The changes of the configuration since the daemon read it, with ``daemon``: the times of the files that
    /// it names.
    package static let configurationAge = Parts(rawValue: 1 << 7)
    /// The counts of sendmail's statistics file.
    package static let statistics = Parts(rawValue: 1 << 8)
  }

  /// The time at which the facts were gathered, in seconds since 1970.
  package var time: Int
  /// The observation of the daemon.
  package var daemon: Fact<DaemonObservation> = .notAsked
  /// The time at which the daemon's process began, in seconds since 1970.
  package var daemonStart: Fact<Int> = .notAsked
  /// The limits in the configuration of the daemon, those of ``load`` included; unknown for a socket that was
  /// named without a configuration.
  package var thresholds: Fact<StatusThresholds> = .notAsked
  /// `MaxDaemonChildren` of the daemon; 0 or less means no limit.
  package var maximumChildren: Fact<Int> = .notAsked
  /// The machine's one-minute load average.
  package var load: Fact<Double> = .notAsked
  /// The file systems of the queue directories, each once.
  package var space: Fact<[QueueFileSystem]> = .notAsked
  /// The queues of each configuration. A directory that could not be read has no counts, and its problem.
  package var queues: Fact<[QueueReport.Queues]> = .notAsked
  /// The audit of each configuration.
  package var audits: Fact<[AuditReport]> = .notAsked
  /// The outcome of a start with the daemon's configuration.
  package var startup: Fact<StartupReport> = .notAsked
  /// The ports of the daemon's configuration.
  package var ports: Fact<[PortObservation]> = .notAsked
  /// The files of the daemon's configuration, compared with the time at which it read them; absent for a daemon
  /// that does not run.
  package var configurationAge: Fact<ConfigurationAge> = .notAsked
  /// The counts of the statistics file of the daemon's configuration; absent where sendmail keeps none.
  package var statistics: Fact<NamedStatistics> = .notAsked
  /// The daemon's reply to a query, where one was wanted.
  package var reply: Fact<QueryOutcome> = .notAsked

  /// The reason for a fact that was asked for and is not gathered yet.
  package static let late = "not read in time"

  /// Facts of which those in `parts` are still to be gathered.
  package init(time: Int, awaiting parts: Parts = []) {
    self.time = time
    if parts.contains(.daemon) {
      daemon = .unknown(reason: Self.late)
      daemonStart = .unknown(reason: Self.late)
      maximumChildren = .unknown(reason: Self.late)
    }
    if !parts.isDisjoint(with: [.daemon, .load, .space]) {
      thresholds = .unknown(reason: Self.late)
    }
    if parts.contains(.load) { load = .unknown(reason: Self.late) }
    if parts.contains(.space) { space = .unknown(reason: Self.late) }
    if parts.contains(.queues) { queues = .unknown(reason: Self.late) }
    if parts.contains(.audit) { audits = .unknown(reason: Self.late) }
    if parts.contains(.startup) { startup = .unknown(reason: Self.late) }
    if parts.contains(.ports) { ports = .unknown(reason: Self.late) }
    if parts.contains(.configurationAge) { configurationAge = .unknown(reason: Self.late) }
    if parts.contains(.statistics) { statistics = .unknown(reason: Self.late) }
  }
}

/// Statistics with the names that the configuration has for the mailers.
package struct NamedStatistics: Sendable, Equatable {
  /// The counts.
  package var counts: MailStatistics
  /// The names of the mailers by number.
  package var mailerNames: [ByteText]

  /// Counts with these names.
  package init(_ counts: MailStatistics, mailerNames: [ByteText]) {
    self.counts = counts
    self.mailerNames = mailerNames
  }
}

/// A file system with queue directories.
package struct QueueFileSystem: Sendable, Equatable {
  /// The first of the queue directories on it.
  package var path: [UInt8]
  /// The device number; `nil` when the directory cannot be examined.
  package var device: UInt64?
  /// Its space; `nil` when it cannot be read.
  package var info: FileSystemInfo?
  /// The names of the queue groups with directories on it.
  package var groups: [[UInt8]]
  /// True if its space cannot be read, and another user might be permitted to.
  package var isForbidden: Bool

  /// A file system.
  package init(
    path: [UInt8], device: UInt64?, info: FileSystemInfo?, groups: [[UInt8]],
    isForbidden: Bool = false
  ) {
    self.path = path
    self.device = device
    self.info = info
    self.groups = groups
    self.isForbidden = isForbidden
  }
}

/// The outcome of one query.
package enum QueryOutcome: Sendable, Equatable {
  /// The daemon replied.
  case replied(DaemonStatus)
  /// The daemon was there and did not reply, for this reason.
  case silent(reason: String)
  /// No daemon was there, for this reason.
  case down(reason: String)
  /// The query was not made, for this reason: the daemon is near its limit of children, or its children
  /// cannot be seen.
  case withheld(reason: String)
}

extension MonitoringFacts {
  /// The daemon's children, those not yet reaped included, by its reply or by the process table.
  package var children: Fact<Int> {
    if case .known(.replied(let status)) = reply { return .known(status.childCount) }
    switch daemon {
    case .notAsked: return .notAsked
    case .absent: return .absent
    case .unknown(let reason, let isForbidden):
      return .unknown(reason: reason, isForbidden: isForbidden)
    case .known(let observation):
      guard observation.isAlive != false else { return .absent }
      guard observation.daemon?.isSendmail == true, let children = observation.children.value
      else { return observation.unknownDaemon() }
      return .known(children.count + observation.unreapedChildren)
    }
  }

  /// The counts of all queue directories that could be read, each counted once.
  ///
  /// `groups` are the names of the queue groups to count; empty for all.
  package func counts(of groups: Set<[UInt8]> = []) -> QueueCounts? {
    let directories = directories(of: groups).compactMap(\.counts)
    return directories.isEmpty
      ? nil : directories.reduce(into: QueueCounts()) { $0.merge($1) }
  }

  /// The queue directories, each once.
  ///
  /// `groups` are the names of their queue groups; empty for all.
  package func directories(of groups: Set<[UInt8]> = []) -> [QueueReport.Directory] {
    let chosen = (queues.value ?? []).flatMap(\.groups)
      .filter { groups.isEmpty || groups.contains($0.name) }.flatMap(\.directories)
    guard !groups.isEmpty else { return chosen.filter { !$0.isRepeated } }
    // What is repeated may be so in a group that was not chosen.
    var seen: Set<[UInt8]> = []
    return chosen.filter { seen.insert($0.path).inserted }
  }

  /// The reasons why the counts are not complete.
  ///
  /// `groups` are the names of queue groups; empty for all.
  package func queueProblems(of groups: Set<[UInt8]> = []) -> [QueueReport.Problem] {
    (queues.value ?? []).flatMap(\.problems) + directories(of: groups).flatMap(\.problems)
  }
}

extension DaemonObservation {
  /// The reason why the daemon's process cannot be examined; `nil` when it can.
  package var daemonProblem: String? {
    guard daemon == nil else { return nil }
    if let pid = daemonProcessID { return "process \(pid) is hidden from this user" }
    return namedProcess.reason ?? holders.reason ?? pidFile.reason ?? listeners.reason
  }

  /// True if ``daemonProblem`` may be none for another user.
  package var isDaemonForbidden: Bool {
    guard daemon == nil else { return false }
    return daemonProcessID != nil || namedProcess.isForbidden || holders.isForbidden
      || pidFile.isForbidden || listeners.isForbidden
  }

  /// A fact about the daemon's process, which cannot be examined.
  package func unknownDaemon<Value>() -> Fact<Value> {
    .unknown(
      reason: daemonProblem ?? "the daemon's process is not known", isForbidden: isDaemonForbidden)
  }
}
