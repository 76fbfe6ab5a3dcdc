// SPDX-License-Identifier: GPL-3.0-or-later

/// The state of the daemon and of its children, with the daemon's special values taken for what
/// they mean. `status` and `mstat` both lead here.
public struct DaemonStatus: Sendable, Equatable {
  /// The daemon's own line; `nil` when none of the processes listed can be told to be the daemon.
  public var daemon: Daemon?
  /// All other processes, in the daemon's slot order.
  public var children: [Child]
  /// How many children the daemon counts: the answering control child is listed, not counted.
  public var childCount: Int
  /// The most children the daemon allows (`MaxDaemonChildren`), or `nil` for no limit.
  public var maximumChildren: Int?
  /// One-minute load average, rounded, or `nil` when the daemon could not read it.
  public var loadAverage: Int?
  /// Free space of the queues' file systems.
  public var fileSystems: [FileSystem]
  /// The queues and their counts, as far as the daemon tells.
  public var queues: Queues

  /// The daemon process.
  public struct Daemon: Sendable, Equatable {
    /// Its process id.
    public var pid: Int32
    /// sendmail's words for what it does.
    public var title: [UInt8]
    /// How its line was found.
    public var evidence: DaemonIdentity.Evidence
    /// What the words mean.
    public var condition: DaemonCondition { DaemonCondition(title: title) }
  }

  /// A child of the daemon.
  public struct Child: Sendable, Equatable {
    /// Its process id.
    public var pid: Int32
    /// sendmail's words for what it does.
    public var text: [UInt8]
    /// What the words mean.
    public var kind: ChildKind { ChildKind(text: text) }
  }

  /// A file system that holds queue directories.
  public struct FileSystem: Sendable, Equatable {
    /// The first queue directory found on it, relative to the base queue directory; `nil` in a
    /// reply to `status`, which speaks of the first queue group's base directory only.
    public var queueDirectory: [UInt8]?
    /// Free space for unprivileged users in KiB, or `nil` when the daemon could not read it.
    public var freeSpace: Int?

    /// A file system and its free space.
    public init(queueDirectory: [UInt8]?, freeSpace: Int?) {
      self.queueDirectory = queueDirectory
      self.freeSpace = freeSpace
    }
  }

  /// The queue counts of a reply.
  public enum Queues: Sendable, Equatable {
    /// `status` does not speak of queues.
    case notReported
    /// The daemon has no shared memory: `SharedMemoryKey` is not set, or its segment is not usable.
    case notConfigured
    /// The daemon was compiled without shared memory.
    case notAvailable
    /// A count per queue directory; `nil` for one that no queue run has looked at yet.
    case counts([(name: [UInt8], messages: Int?)])

    /// Whether both say the same.
    public static func == (left: Queues, right: Queues) -> Bool {
      switch (left, right) {
      case (.notReported, .notReported), (.notConfigured, .notConfigured),
        (.notAvailable, .notAvailable):
        true
      case (.counts(let left), .counts(let right)):
        left.elementsEqual(right) { $0.name == $1.name && $0.messages == $1.messages }
      default: false
      }
    }
  }
}

extension DaemonStatus {
  /// What a reply to `status` means.
  public init(_ reply: StatusReply, identity: DaemonIdentity) {
    self.init(
      processes: reply.processes, identity: identity, childCount: reply.children,
      maximumChildren: reply.maximumChildren, loadAverage: reply.loadAverage,
      fileSystems: [FileSystem(queueDirectory: nil, freeSpace: Self.known(reply.freeSpace))],
      queues: .notReported)
  }

  /// What a reply to `mstat` means.
  public init(_ reply: MstatReply, identity: DaemonIdentity) {
    let queues: Queues =
      switch reply.queues {
      case [.notConfigured], []: .notConfigured
      case [.notAvailable]: .notAvailable
      default: .counts(reply.queues.map { (name: $0.name, messages: Self.known($0.count)) })
      }
    self.init(
      processes: reply.processes, identity: identity, childCount: reply.children,
      maximumChildren: reply.maximumChildren, loadAverage: reply.loadAverage,
      fileSystems: reply.fileSystems.map {
        FileSystem(queueDirectory: $0.name, freeSpace: Self.known($0.freeSpace))
      },
      queues: queues)
  }

  private init(
    processes: [ProcessEntry], identity: DaemonIdentity, childCount: Int, maximumChildren: Int,
    loadAverage: Int, fileSystems: [FileSystem], queues: Queues
  ) {
    let found = identity.find(in: processes)
    daemon = found.map { found in
      let process = processes[found.index]
      return Daemon(pid: process.pid, title: process.text, evidence: found.evidence)
    }
    children = processes.indices.filter { $0 != found?.index }.map {
      Child(pid: processes[$0].pid, text: processes[$0].text)
    }
    self.childCount = childCount
    self.maximumChildren = maximumChildren > 0 ? maximumChildren : nil
    self.loadAverage = Self.known(loadAverage)
    self.fileSystems = fileSystems
    self.queues = queues
  }

  /// The daemon writes -1 for what it does not know.
  private static func known(_ value: Int) -> Int? { value < 0 ? nil : value }
}

extension DaemonStatus {
  /// How many more children the daemon takes before it refuses SMTP connections, counting the
  /// control child that wrote this reply; `nil` when there is no limit.
  ///
  /// At 0 this very look may have closed the SMTP ports for 15 seconds.
  public var childrenToLimit: Int? {
    // A reply may hold any number, the smallest one included.
    maximumChildren.map { max(0, $0.subtractingSaturated(childCount).subtractingSaturated(1)) }
  }
}

extension Int {
  /// The difference, or the nearest number there is.
  fileprivate func subtractingSaturated(_ other: Int) -> Int {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
