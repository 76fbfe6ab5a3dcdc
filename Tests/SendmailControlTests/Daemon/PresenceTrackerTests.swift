// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("The state of the prompt")
struct PresenceTrackerTests {
  /// An input of the tracker.
  enum Event: Sendable {
    /// An observation.
    case seen(Situation)
    /// A reply in which process 7 says this of itself, with what tells that it is the daemon.
    case reply(String, peer: Int32?)
    /// Another reply, of this process.
    case answer(peer: Int32?)
    /// A failure.
    case failure(NoReplyDiagnosis.Cause)
  }

  /// The facts of an observation, in short.
  struct Situation: Sendable {
    var socket: Fact<FileFacts.Kind> = .known(.socket)
    var mayConnect: Fact<Bool> = .known(true)
    /// The connections that wait at each listening socket.
    var listeners: Fact<[Int?]> = .known([0])
    /// The process of the PID file; `nil`: its path is not known.
    var pidFile: Fact<Int32?>? = .absent
    var locked: Bool?
    /// The processes that run, with their titles.
    var processes: [Int32: String] = [:]
  }

  static func observation(_ situation: Situation, following: Int32?) -> DaemonObservation {
    func process(_ pid: Int32) -> Fact<ObservedProcess> {
      situation.processes[pid].map { title in
        .known(
          ObservedProcess(
            pid: pid, name: Array((title.isEmpty ? "other" : "sendmail").utf8),
            commandLine: Array((title.isEmpty ? "other\0" : "sendmail: \(title)\0").utf8)))
      } ?? .absent
    }
    var observation = DaemonObservation(
      of: DaemonPlace(
        socket: Array("/run/ctl".utf8),
        pidFile: situation.pidFile.map { _ in Array("/run/pid".utf8) }))
    observation.socketFile = situation.socket.map {
      SocketFileFacts(kind: $0, owner: "root", group: "root", mode: 0o600)
    }
    observation.mayConnect = situation.mayConnect
    observation.listeners = situation.listeners.map { waiting in
      waiting.map { ListeningSocket(name: Array("/run/ctl".utf8), inode: 1, waiting: $0) }
    }
    observation.pidFile =
      situation.pidFile?.map { pid in
        PIDFileFacts(
          processID: pid, isLocked: situation.locked,
          lockHolder: situation.locked == true
            ? pid.flatMap { situation.processes[$0] == nil ? nil : $0 } : nil)
      }
      ?? .notAsked
    observation.namedProcess = observation.pidFile.value?.processID.map(process) ?? .notAsked
    observation.followedProcess = following.map(process) ?? .notAsked
    return observation
  }

  static func apply(_ event: Event, to tracker: inout PresenceTracker) {
    switch event {
    case .seen(let situation):
      tracker.note(observation(situation, following: tracker.processID))
    case .reply(let title, let peer):
      let reply = StatusReply(
        children: 0, maximumChildren: 0, freeSpace: 1, loadAverage: 0,
        processes: [ProcessEntry(pid: 7, text: ByteText(title))])
      tracker.note(DaemonStatus(reply, identity: DaemonIdentity(listener: peer)))
    case .answer(let peer): tracker.note(peer: peer)
    case .failure(let cause): tracker.note(cause)
    }
  }

  /// Events, each with the state after it.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [(event: Event, presence: DaemonPresence, processID: Int32?)]

    init(_ name: String, _ steps: [(Event, DaemonPresence, Int32?)]) {
      testDescription = name
      self.steps = steps.map { (event: $0.0, presence: $0.1, processID: $0.2) }
    }
  }

  static let accepting = "accepting connections"
  /// A daemon, process 7, that accepts connections.
  static let normal = Situation(pidFile: .known(7), processes: [7: accepting])
  static let nothing = Situation(socket: .absent, listeners: .absent)
  /// A daemon without a PID file whose process has no title of sendmail's.
  static let bare = Situation()
  static let waited = Situation(
    listeners: .known([3]), pidFile: .known(7), processes: [7: accepting])
  static let stopped = Situation(listeners: .known([3]))
  static let noList = Fact<[Int?]>.unknown(reason: "another network namespace")

  static let rows: [Row] = [
    Row("nothing at the path", [(.seen(nothing), .down, nil)]),
    Row(
      "something else at the path",
      [(.seen(Situation(socket: .known(.regular), listeners: .absent)), .noSocket, nil)]),
    Row(
      "no permission",
      [
        (
          .seen(
            Situation(
              socket: .unknown(reason: "denied"), mayConnect: .known(false), listeners: noList)),
          .noPermission, nil
        )
      ]),
    Row(
      "no permission for the socket of a daemon that runs",
      [
        (
          .seen(
            Situation(mayConnect: .known(false), pidFile: .known(7), processes: [7: accepting])),
          .noPermission, 7
        )
      ]),
    Row("sendmail with its title", [(.seen(normal), .running(.accepting), 7)]),
    Row("a listener alone", [(.seen(bare), .running(.unknown), nil)]),
    Row("a path without a listener", [(.seen(Situation(listeners: .known([]))), .down, nil)]),
    Row(
      "a listener and a stale PID file",
      [(.seen(Situation(pidFile: .known(9))), .running(.unknown), nil)]),
    Row(
      "a listener and an empty PID file",
      [(.seen(Situation(pidFile: .known(nil))), .running(.unknown), nil)]),
    Row(
      "a listener and the PID file of another process",
      [(.seen(Situation(pidFile: .known(9), processes: [9: ""])), .running(.unknown), nil)]),
    Row(
      "a locked PID file of a program without a title",
      [
        (
          .seen(Situation(pidFile: .known(9), locked: true, processes: [9: ""])),
          .running(.unknown), 9
        )
      ]),
    Row(
      "another network namespace: unknown, and a reply counts",
      [
        (.seen(Situation(listeners: noList, pidFile: nil)), .unknown, nil),
        (.reply(accepting, peer: nil), .running(.accepting), nil),
        (.seen(Situation(listeners: noList, pidFile: nil)), .running(.accepting), nil),
        (.failure(.noListener), .down, nil),
        (.seen(Situation(listeners: noList, pidFile: nil)), .down, nil),
      ]),
    Row(
      "another network namespace, and the daemon's process is known",
      [
        (.reply(accepting, peer: 7), .running(.accepting), 7),
        (
          .seen(Situation(listeners: noList, pidFile: nil, processes: [7: accepting])),
          .running(.accepting), 7
        ),
        (.seen(Situation(listeners: noList, pidFile: nil)), .down, nil),
      ]),
    Row(
      "another process id namespace: the PID file's number means nothing here",
      [
        (.seen(Situation(pidFile: .known(99))), .running(.unknown), nil),
        (.reply(accepting, peer: nil), .running(.accepting), nil),
        (.seen(Situation(pidFile: .known(99))), .running(.accepting), nil),
        (
          .seen(Situation(listeners: noList, pidFile: .known(99), locked: true)),
          .running(.accepting), nil
        ),
      ]),
    Row(
      "a reply holds until the title says otherwise",
      [
        (
          .reply("rejecting new messages: min free: 100", peer: 7),
          .running(.rejectingMessages(reason: "min free: 100")), 7
        ),
        (
          .seen(Situation(processes: [7: ""])),
          .running(.rejectingMessages(reason: "min free: 100")), 7
        ),
        (.seen(normal), .running(.accepting), 7),
      ]),
    Row(
      "a daemon that is killed, while a child holds its socket",
      [
        (.seen(normal), .running(.accepting), 7),
        (.seen(Situation(pidFile: .known(7))), .down, nil),
        (.seen(Situation(pidFile: .known(7))), .down, nil),
        (
          .seen(Situation(pidFile: .known(8), processes: [8: accepting])), .running(.accepting), 8
        ),
      ]),
    Row(
      "a daemon that is killed, and its PID file is not known",
      [
        (.reply(accepting, peer: 7), .running(.accepting), 7),
        (.seen(Situation(pidFile: nil)), .running(.unknown), nil),
        (.seen(Situation(listeners: .known([]), pidFile: nil)), .down, nil),
      ]),
    Row(
      "a daemon that ends and leaves nothing, and another",
      [
        (.seen(normal), .running(.accepting), 7), (.seen(nothing), .down, nil),
        (.seen(bare), .running(.unknown), nil),
        (
          .seen(Situation(pidFile: .known(8), processes: [8: accepting])), .running(.accepting), 8
        ),
      ]),
    Row(
      "a process that closes its socket and opens it again",
      [
        (.reply(accepting, peer: 7), .running(.accepting), 7),
        (.seen(Situation(socket: .absent, listeners: .absent, processes: [7: ""])), .down, 7),
        (.seen(Situation(listeners: .known([]), processes: [7: ""])), .down, 7),
        (.seen(Situation(processes: [7: ""])), .running(.unknown), 7),
      ]),
    Row(
      "connections that wait for three polls",
      [
        (.seen(normal), .running(.accepting), 7), (.seen(waited), .running(.accepting), 7),
        (.seen(waited), .running(.accepting), 7), (.seen(waited), .notAnswering, 7),
        (.seen(waited), .notAnswering, 7), (.seen(normal), .running(.accepting), 7),
        (.seen(waited), .running(.accepting), 7),
      ]),
    Row(
      "connections that wait now and then",
      [
        (.seen(waited), .running(.accepting), 7), (.seen(waited), .running(.accepting), 7),
        (.seen(normal), .running(.accepting), 7), (.seen(waited), .running(.accepting), 7),
        (.seen(waited), .running(.accepting), 7),
      ]),
    Row(
      "one that did not answer is answering again when it replies",
      [
        (.seen(normal), .running(.accepting), 7),
        (.failure(.silent), .notAnswering, 7),
        (.seen(normal), .notAnswering, 7), (.seen(normal), .notAnswering, 7),
        (.answer(peer: 7), .running(.unknown), 7), (.seen(normal), .running(.accepting), 7),
      ]),
    Row(
      "one that did not answer, and accepts those who waited",
      [
        (.seen(normal), .running(.accepting), 7), (.failure(.listenQueueFull), .notAnswering, 7),
        (.seen(waited), .notAnswering, 7), (.seen(normal), .running(.accepting), 7),
      ]),
    Row(
      "one that did not answer, and its successor",
      [
        (.seen(normal), .running(.accepting), 7),
        (.failure(.silent), .notAnswering, 7),
        (
          .seen(Situation(pidFile: .known(8), processes: [8: accepting])), .running(.accepting), 8
        ),
      ]),
    Row(
      "failures",
      [
        (.failure(.noSuchSocket), .down, nil), (.failure(.noPermission), .noPermission, nil),
        (.failure(.notASocket), .noSocket, nil), (.failure(.pathTooLong), .noSocket, nil),
        (.answer(peer: nil), .running(.unknown), nil),
      ]),
  ]

  @Test("follows what happens", arguments: rows)
  func row(row: Row) {
    var tracker = PresenceTracker()
    for (index, step) in row.steps.enumerated() {
      Self.apply(step.event, to: &tracker)
      #expect(tracker.presence == step.presence, "step \(index)")
      #expect(tracker.processID == step.processID, "step \(index)")
    }
  }

  @Test("Without a socket configured there is none")
  func notConfigured() {
    var tracker = PresenceTracker()
    tracker.note(DaemonObservation(of: DaemonPlace()))
    #expect(tracker.presence == .noSocket)
  }

  @Test("The lock is tried once for a process that only the lock can confirm")
  func lock() {
    var tracker = PresenceTracker()
    func wants(_ situation: Situation) -> Bool {
      tracker.needsLock(after: Self.observation(situation, following: tracker.processID))
    }
    let other = Situation(pidFile: .known(9), processes: [9: ""])
    #expect(!wants(Self.normal))
    #expect(!wants(Self.nothing))
    #expect(!wants(Situation(pidFile: .known(9))))
    #expect(wants(Situation(listeners: Self.noList, pidFile: .known(9))))
    #expect(wants(other))
    var tried = other
    tried.locked = false
    Self.apply(.seen(tried), to: &tracker)
    #expect(!wants(other))
    #expect(wants(Situation(pidFile: .known(10), processes: [10: ""])))
    tried = Situation(pidFile: .known(10), locked: true, processes: [10: ""])
    Self.apply(.seen(tried), to: &tracker)
    #expect(tracker.processID == 10)
    #expect(!wants(Situation(pidFile: .known(10), processes: [10: ""])))
  }

  @Test("A prompt is the same but for the reason that the daemon gives")
  func prompts() {
    var one = PresenceTracker()
    Self.apply(.reply("rejecting connections on daemon MTA: load average: 14", peer: 7), to: &one)
    var other = one
    Self.apply(.reply("rejecting connections on daemon MTA: load average: 15", peer: 7), to: &other)
    #expect(one != other)
    #expect(one.hasSamePrompt(as: other))
    Self.apply(.reply(Self.accepting, peer: 7), to: &other)
    #expect(!one.hasSamePrompt(as: other))
  }
}

extension Fact {
  /// The same fact about another value.
  func map<Other: Sendable & Equatable>(_ transform: (Value) -> Other) -> Fact<Other> {
    switch self {
    case .notAsked: .notAsked
    case .absent: .absent
    case .known(let value): .known(transform(value))
    case .unknown(let reason, _): .unknown(reason: reason)
    }
  }
}
