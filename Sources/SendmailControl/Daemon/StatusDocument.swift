// SPDX-License-Identifier: Apache-2.0

/// A reply to `status` or `mstat` as a JSON object. Members are only ever added.
///
/// Bytes that are not valid UTF-8 appear as U+FFFD; everything else stands as the daemon wrote it,
/// since ``JSONText`` escapes what could act on a terminal.
package struct StatusDocument: Encodable, Sendable {
  /// `smcontrol.status/1` or `smcontrol.mstat/1`.
  package var schema: String
  /// The socket that was asked.
  package var socket: ByteText
  /// The daemon's own line, or `null` when it cannot be identified.
  package var daemon: Nullable<Daemon>
  /// Children, counted.
  package var children: Children
  /// One-minute load average, or `null` when the daemon could not read it.
  package var loadAverage: Nullable<Int>
  /// Free space of the queues' file systems.
  package var fileSystems: [FileSystem]
  /// The queues; in a reply to `status` their `state` is `not-reported`.
  package var queues: Queues
  /// Every process but the daemon, in the daemon's order; or those that were selected, as they were
  /// sorted.
  package var processes: [Process]
  /// The children counted by peer, or `null` when not asked for.
  package var peers: Nullable<[Peer]>
  /// The facts about what the daemon really uses, or `null` when its configuration is not known.
  package var running: Nullable<RunningDocument>
  /// Facts that the administrator should know besides, in words.
  package var warnings: [String]

  /// The daemon.
  package struct Daemon: Encodable, Sendable {
    var pid: Int32
    var state: String
    var title: ByteText
    var reason: Nullable<ByteText>
    var explanation: Nullable<String>
    var identifiedBy: String
  }

  /// The number of children, and its limit.
  package struct Children: Encodable, Sendable {
    var count: Int
    var maximum: Nullable<Int>
  }

  /// A file system and its free space.
  package struct FileSystem: Encodable, Sendable {
    var queueDirectory: Nullable<ByteText>
    var freeKiB: Nullable<Int>
  }

  /// The queues and their counts.
  package struct Queues: Encodable, Sendable {
    var state: String
    var directories: [Directory]

    /// A queue directory and its count.
    package struct Directory: Encodable, Sendable {
      var path: ByteText
      var messages: Nullable<Int>
    }
  }

  /// A child of the daemon.
  package struct Process: Encodable, Sendable {
    var pid: Int32
    var kind: String
    var peer: Nullable<ByteText>
    var title: ByteText
    var ageSeconds: Nullable<Int64>
    var processorSeconds: Nullable<Double>
  }

  /// The children of one SMTP client, or those of one other kind.
  package struct Peer: Encodable, Sendable {
    var peer: Nullable<ByteText>
    var kind: String
    var count: Int
    var oldestSeconds: Nullable<Int64>
  }
}

extension StatusDocument {
  /// The document for `status`.
  ///
  /// `command` is the command that was answered: `status` or `mstat`. `socket` is the path of the
  /// socket that was asked. `explanation` is the meaning of a title with which the daemon rejects
  /// connections or messages. `running` has the facts about what the daemon really uses, if they
  /// are known. `children` are the children to list, `nil` for all in the daemon's order. `peers`
  /// are the same children counted by peer, when that is asked for.
  package init(
    _ status: DaemonStatus, command: ControlCommand, socket: [UInt8],
    explanation: String? = nil, running: RunningDaemon? = nil,
    children listed: [ListedChild]? = nil,
    peers counts: [PeerCount]? = nil
  ) {
    schema = "smcontrol.\(command.rawValue)/1"
    self.socket = ByteText(socket)
    daemon = Nullable(
      status.daemon.map { daemon in
        Daemon(
          pid: daemon.pid, state: daemon.condition.name, title: daemon.title,
          reason: Nullable(daemon.condition.reason), explanation: Nullable(explanation),
          identifiedBy: daemon.evidence.rawValue)
      })
    children = Children(count: status.childCount, maximum: Nullable(status.maximumChildren))
    loadAverage = Nullable(status.loadAverage)
    fileSystems = status.fileSystems.map { fileSystem in
      FileSystem(
        queueDirectory: Nullable(fileSystem.queueDirectory),
        freeKiB: Nullable(fileSystem.freeSpace))
    }
    queues = Queues(status.queues)
    processes = (listed ?? status.processes.map { ListedChild($0) }).map { child in
      Process(
        pid: child.pid, kind: child.kind.name, peer: Nullable(child.kind.peer),
        title: child.text, ageSeconds: Nullable(child.age?.components.seconds),
        processorSeconds: Nullable(child.processorTime.map { Double($0.milliseconds) / 1000 }))
    }
    peers = Nullable(
      counts?.map { count in
        Peer(
          peer: Nullable(count.peer), kind: count.category.rawValue, count: count.count,
          oldestSeconds: Nullable(count.oldest?.components.seconds))
      })
    self.running = Nullable(running.map(RunningDocument.init))
    warnings =
      StatusWarning.all(for: status).map(\.text)
      + (running?.warnings(status.daemon?.condition) ?? [])
  }

  /// The text of the document. It can have a million processes.
  package var json: String {
    get throws {
      var rest = self
      rest.processes = []
      return try JSONText.make(rest, with: processes, as: "processes")
    }
  }
}

extension StatusDocument.Queues {
  fileprivate init(_ queues: DaemonStatus.Queues) {
    switch queues {
    case .notReported: self.init(state: "not-reported", directories: [])
    case .notConfigured: self.init(state: "not-configured", directories: [])
    case .notAvailable: self.init(state: "not-available", directories: [])
    case .counts(let counts):
      self.init(
        state: "counted",
        directories: counts.map {
          Directory(path: $0.directory, messages: Nullable($0.messages))
        })
    }
  }
}
