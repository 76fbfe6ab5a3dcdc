// SPDX-License-Identifier: Apache-2.0

/// The state of the daemon and of its children, with the daemon's special values taken for what
/// they mean. `status` and `mstat` both lead here.
public struct DaemonStatus: Sendable, Hashable {
  /// The daemon's own line; `nil` when none of the processes listed can be told to be the daemon.
  public var daemon: Daemon?
  /// All other processes of the reply, in the daemon's slot order: its children, and the control child
  /// that answered.
  package var processes: [Child]
  /// The number of children that the daemon counts, which are ``children`` unless the list was cut.
  public var childCount: Int
  /// The most children the daemon allows (`MaxDaemonChildren`), or `nil` for no limit.
  public var maximumChildren: Int?
  /// One-minute load average, rounded, or `nil` when the daemon could not read it.
  public var loadAverage: Int?
  /// Free space of the queues' file systems.
  public var fileSystems: [FileSystem]
  /// The queues and their counts, as far as the daemon tells.
  public var queues: Queues

  /// The children, in the daemon's slot order, without the control child that answered.
  public var children: [Child] { processes.filter { $0.kind != .answeringControl } }

  /// The daemon process.
  public struct Daemon: Sendable, Hashable {
    /// The process ID.
    public var pid: Int32
    /// sendmail's words for what the daemon does, such as `accepting connections`.
    public var title: ByteText
    /// The evidence that this is the daemon's line.
    public var evidence: DaemonIdentity.Evidence
    /// The meaning of the title.
    public var condition: DaemonCondition { DaemonCondition(title: title) }

    /// A daemon of this process ID and title.
    public init(
      pid: Int32, title: ByteText, evidence: DaemonIdentity.Evidence = .peerCredentials
    ) {
      self.pid = pid
      self.title = title
      self.evidence = evidence
    }
  }

  /// A child of the daemon.
  public struct Child: Sendable, Hashable, Identifiable {
    /// The process ID.
    public var pid: Int32
    /// sendmail's words for what the child does, such as `SMTP server child for 192.0.2.7`.
    public var text: ByteText
    /// The process ID.
    public var id: Int32 { pid }
    /// The meaning of the text.
    public var kind: ChildKind { ChildKind(text: text) }

    /// A child of this process ID and text.
    public init(pid: Int32, text: ByteText) {
      self.pid = pid
      self.text = text
    }
  }

  /// A file system that holds queue directories.
  public struct FileSystem: Sendable, Hashable {
    /// The first queue directory found on it, relative to the base queue directory; `nil` in a
    /// reply to `status`, which speaks of the first queue group's base directory only.
    public var queueDirectory: ByteText?
    /// Free space for unprivileged users in KiB, or `nil` when the daemon could not read it.
    public var freeSpace: Int?

    /// A file system and its free space.
    public init(queueDirectory: ByteText?, freeSpace: Int?) {
      self.queueDirectory = queueDirectory
      self.freeSpace = freeSpace
    }
  }

  /// The queue counts of a reply. Cases may be added: a switch needs a default.
  @nonexhaustive public enum Queues: Sendable, Hashable {
    /// `status` does not speak of queues.
    case notReported
    /// The daemon has no shared memory: `SharedMemoryKey` is not set, or its segment is not usable.
    case notConfigured
    /// The daemon was compiled without shared memory.
    case notAvailable
    /// The queue directories and their counts.
    case counts([Queue])
  }

  /// A queue directory and the number of messages that the daemon counts in it.
  public struct Queue: Sendable, Hashable {
    /// The absolute path, with `/df` at its end when the directory has a `df` subdirectory.
    public var directory: ByteText
    /// The number of messages, an estimate; `nil` before the first queue run.
    public var messages: Int?

    /// A queue directory and its count.
    public init(directory: ByteText, messages: Int?) {
      self.directory = directory
      self.messages = messages
    }
  }
}

extension DaemonStatus {
  /// A status with these members, for tests of code that shows one.
  ///
  /// - Parameters:
  ///   - daemon: the daemon.
  ///   - children: the children; the daemon counts all of them.
  ///   - maximumChildren: the most children the daemon allows, or `nil` for no limit.
  public init(daemon: Daemon?, children: [Child] = [], maximumChildren: Int? = nil) {
    self.daemon = daemon
    processes = children
    childCount = children.count
    self.maximumChildren = maximumChildren
    fileSystems = []
    queues = .notReported
  }

  /// The status in `reply`, a whole reply to `status` or `mstat`.
  ///
  /// The first line tells which of the two it is: that of `status` begins with a number, that of `mstat`
  /// with a letter and a colon, and so does each line after it. A reply of both kinds is malformed.
  ///
  /// - Parameters:
  ///   - reply: the whole reply.
  ///   - listener: the process that the kernel names as the listener, which is the daemon; without it, the
  ///     daemon is found by its title.
  /// - Throws: ``ReplyError``: `empty`, `refused`, `cutShort` or `malformed`.
  public init(parsing reply: [UInt8], listener: Int32? = nil) throws(ReplyError) {
    try self.init(parsing: reply, identity: DaemonIdentity(listener: listener))
  }

  /// The status in `reply`, a whole reply to `status` or `mstat`.
  ///
  /// - Throws: ``ReplyError``: `empty`, `refused`, `cutShort` or `malformed`.
  package init(parsing reply: [UInt8], identity: DaemonIdentity) throws(ReplyError) {
    try ReplyError.check(reply)
    var lines = ReplyLines(reply).makeIterator()
    let first = lines.next() ?? []
    if MstatReply.mayBegin(with: first) {
      self.init(try MstatReply(parsing: reply), identity: identity)
    } else if StatusReply.mayBegin(with: first) {
      self.init(try StatusReply(parsing: reply), identity: identity)
    } else {
      throw ReplyError(
        reply.contains(ASCII.lineFeed) ? .malformed : .cutShort, line: 1, text: first,
        expected: "children/max/free/load or C:children")
    }
  }

  /// The meaning of a reply to `status`.
  package init(_ reply: StatusReply, identity: DaemonIdentity) {
    self.init(
      processes: reply.processes, identity: identity, childCount: reply.children,
      maximumChildren: reply.maximumChildren, loadAverage: reply.loadAverage,
      fileSystems: [FileSystem(queueDirectory: nil, freeSpace: Self.known(reply.freeSpace))],
      queues: .notReported)
  }

  /// The meaning of a reply to `mstat`.
  package init(_ reply: MstatReply, identity: DaemonIdentity) {
    let queues: Queues =
      switch reply.queues {
      case [.notConfigured], []: .notConfigured
      case [.notAvailable]: .notAvailable
      default:
        .counts(reply.queues.map { Queue(directory: $0.name, messages: Self.known($0.count)) })
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
    self.processes = processes.indices.filter { $0 != found?.index }.map {
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
