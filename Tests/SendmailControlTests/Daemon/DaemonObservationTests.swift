// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("What an observation tells of a daemon")
struct DaemonObservationTests {
  static let place = DaemonPlace(socket: bytes("/run/ctl"), pidFile: bytes("/run/pid"))
  static let sendmail = ObservedProcess(
    pid: 7, name: bytes("sendmail"), commandLine: bytes("sendmail: accepting connections\0"))
  static let other = ObservedProcess(
    pid: 7, name: bytes("sleep"), commandLine: bytes("sleep\0 9\0"))
  static let socket = ListeningSocket(name: bytes("/run/ctl"), inode: 1)
  static let denied = "Permission denied"

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func pid(_ pid: Int32?, locked: Bool? = false) -> Fact<PIDFileFacts> {
    .known(PIDFileFacts(processID: pid, isLocked: locked))
  }

  /// A situation and whether the daemon runs.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var pidFile: Fact<PIDFileFacts> = .absent
    var process: Fact<ObservedProcess> = .notAsked
    var listeners: Fact<[ListeningSocket]> = .known([])
    var place = DaemonObservationTests.place
    let isAlive: Bool?

    init(
      _ name: String, pidFile: Fact<PIDFileFacts> = .absent,
      process: Fact<ObservedProcess> = .notAsked, listeners: Fact<[ListeningSocket]> = .known([]),
      place: DaemonPlace = DaemonObservationTests.place, isAlive: Bool?
    ) {
      testDescription = name
      self.pidFile = pidFile
      self.process = process
      self.listeners = listeners
      self.place = place
      self.isAlive = isAlive
    }
  }

  static let rows: [Row] = [
    Row("nothing is there", isAlive: false),
    Row("a listener, and no PID file", listeners: .known([socket]), isAlive: true),
    Row(
      "a listener, and an empty PID file", pidFile: pid(nil), listeners: .known([socket]),
      isAlive: true),
    Row(
      "a listener, and a stale PID file", pidFile: pid(7), process: .absent,
      listeners: .known([socket]), isAlive: true),
    Row(
      "a listener, and the PID file of another process", pidFile: pid(7), process: .known(other),
      listeners: .known([socket]), isAlive: true),
    Row(
      "a listener, and a PID file that may not be read", pidFile: .unknown(reason: denied),
      listeners: .known([socket]), isAlive: true),
    Row("a stale PID file", pidFile: pid(7), process: .absent, isAlive: false),
    Row("an empty PID file", pidFile: pid(nil), isAlive: false),
    Row("another process's PID file", pidFile: pid(7), process: .known(other), isAlive: false),
    Row(
      "another process's PID file, lock not tried", pidFile: pid(7, locked: nil),
      process: .known(other), isAlive: nil),
    Row(
      "a process that may not be read", pidFile: pid(7), process: .unknown(reason: denied),
      isAlive: nil),
    Row(
      "a sendmail that has ended", pidFile: pid(7),
      process: .known(ObservedProcess(pid: 7, name: bytes("sendmail"), hasEnded: true)),
      isAlive: false),
    Row("sendmail without a socket", pidFile: pid(7), process: .known(sendmail), isAlive: true),
    Row(
      "a locked PID file whose process is another", pidFile: pid(7, locked: true),
      process: .known(other), isAlive: true),
    Row(
      "a locked PID file of another process id namespace", pidFile: pid(7, locked: true),
      process: .absent, isAlive: true),
    Row("an empty PID file that is locked", pidFile: pid(nil, locked: true), isAlive: true),
    Row("a PID file that may not be read", pidFile: .unknown(reason: denied), isAlive: nil),
    Row("a list that may not be read", listeners: .unknown(reason: denied), isAlive: nil),
    Row(
      "a list that may not be read, and a stale PID file", pidFile: pid(7), process: .absent,
      listeners: .unknown(reason: denied), isAlive: nil),
    Row(
      "a list that may not be read, and sendmail", pidFile: pid(7), process: .known(sendmail),
      listeners: .unknown(reason: denied), isAlive: true),
    Row("no socket at the path", listeners: .absent, isAlive: false),
    Row(
      "a PID file whose path is not known", pidFile: .notAsked,
      place: DaemonPlace(socket: bytes("/run/ctl")), isAlive: false),
    Row(
      "a listener and no known PID file", pidFile: .notAsked, listeners: .known([socket]),
      place: DaemonPlace(socket: bytes("/run/ctl")), isAlive: true),
    Row(
      "no socket configured, and no PID file", listeners: .absent,
      place: DaemonPlace(pidFile: bytes("/run/pid")), isAlive: false),
    Row(
      "no socket configured, and sendmail", pidFile: pid(7), process: .known(sendmail),
      listeners: .absent, place: DaemonPlace(pidFile: bytes("/run/pid")), isAlive: true),
    Row("nothing was asked", pidFile: .notAsked, listeners: .notAsked, isAlive: nil),
    Row(
      "there was nothing to ask", pidFile: .notAsked, listeners: .absent, place: DaemonPlace(),
      isAlive: nil),
  ]

  @Test("Whether the daemon runs", arguments: rows)
  func isAlive(row: Row) {
    var observation = DaemonObservation(of: row.place)
    observation.pidFile = row.pidFile
    observation.namedProcess = row.process
    observation.listeners = row.listeners
    #expect(observation.isAlive == row.isAlive)
  }

  static let programs: [(ObservedProcess, Bool)] = [
    (sendmail, true), (other, false),
    (ObservedProcess(pid: 1, name: bytes("sendmail")), true),
    (ObservedProcess(pid: 1, name: bytes("x"), program: bytes("/opt/sendmail-8.18")), true),
    (ObservedProcess(pid: 1, name: bytes("sendmail"), program: bytes("/usr/bin/perl")), false),
    (
      ObservedProcess(pid: 1, name: bytes("tail"), commandLine: bytes("tail\0/var/log/sendmail\0")),
      false
    ),
    (ObservedProcess(pid: 1, name: bytes("tail"), commandLine: bytes("sendmail: x\0")), true),
    (ObservedProcess(pid: 1, name: bytes("smcontrold")), false),
    (ObservedProcess(pid: 1), false),
  ]

  @Test(
    "sendmail is recognized by its program and its title, not by what its arguments mention",
    arguments: programs)
  func program(process: ObservedProcess, isSendmail: Bool) {
    #expect(process.isSendmail == isSendmail)
  }

  @Test("A title is the arguments joined by blanks; sendmail's own words follow its name")
  func title() {
    #expect(Self.other.title == Self.bytes("sleep  9"))
    #expect(Self.other.arguments == [Self.bytes(" 9")])
    #expect(Self.sendmail.shownTitle == Self.bytes("accepting connections"))
    #expect(ObservedProcess(pid: 1, commandLine: []).title == nil)
    #expect(ObservedProcess(pid: 1, commandLine: Self.bytes("\0 \0")).title == nil)
  }

  static let places: [(Fact<SocketFileFacts>, [UInt8], DaemonPlace, Bool?)] = {
    func file(_ kind: FileFacts.Kind) -> Fact<SocketFileFacts> {
      .known(SocketFileFacts(kind: kind, owner: "root", group: "root", mode: 0o600))
    }
    let socket = bytes("/run/ctl")
    let withPIDFile = DaemonPlace(socket: socket, pidFile: bytes("/run/pid"))
    return [
      (file(.socket), socket, DaemonPlace(socket: socket), false),
      (.absent, socket, DaemonPlace(socket: socket), false),
      // No daemon can listen there, so that none that listens says nothing.
      (file(.directory), socket, DaemonPlace(socket: socket), nil),
      (
        .unknown(reason: "Too many levels of symbolic links"), socket, DaemonPlace(socket: socket),
        nil
      ),
      (file(.directory), socket, withPIDFile, false),
      (
        .absent, socket,
        DaemonPlace(socket: [UInt8](repeating: 0x2F, count: ControlLimits.longestSocketPath + 1)),
        nil
      ),
    ]
  }()

  @Test("A path at which no daemon can listen does not tell that there is none", arguments: places)
  func path(
    file: Fact<SocketFileFacts>, socket: [UInt8], place: DaemonPlace, isAlive: Bool?
  ) {
    var observation = DaemonObservation(of: place)
    observation.pidFile = place.pidFile == nil ? .notAsked : .absent
    observation.socketFile = file
    observation.listeners = .known([])
    #expect(observation.isAlive == isAlive)
  }

  @Test("An observation is complete when no question was left without an answer")
  func complete() {
    var observation = DaemonObservation(of: Self.place)
    observation.pidFile = .absent
    #expect(PassiveDocument(observation).complete)
    observation.listeners = .unknown(reason: Self.denied)
    #expect(!PassiveDocument(observation).complete)
  }

  @Test("Two daemons share a path when another process than the listener holds the PID file")
  func rivals() {
    var observation = DaemonObservation(of: Self.place)
    observation.pidFile = .known(PIDFileFacts(processID: 7, isLocked: true, lockHolder: 7))
    #expect(observation.rivals(listener: 7) == nil)
    #expect(observation.rivals(listener: 8)?.holder == 7)
    #expect(observation.rivals(listener: 8)?.listener == 8)
    // Without the kernel's word a number says nothing: it may be of another namespace.
    observation.pidFile = .known(PIDFileFacts(processID: 7, isLocked: true))
    #expect(observation.rivals(listener: 8) == nil)
  }

  @Test("The daemon is the PID file's process, or else the one that holds the socket")
  func daemon() {
    var observation = DaemonObservation(of: Self.place)
    observation.pidFile = Self.pid(7)
    observation.namedProcess = .known(Self.sendmail)
    #expect(observation.daemon == Self.sendmail)
    observation.namedProcess = .known(Self.other)
    #expect(observation.daemon == nil)
    // One that is not sendmail must hold the lock itself.
    observation.pidFile = Self.pid(7, locked: true)
    #expect(observation.daemon == nil)
    observation.pidFile = .known(PIDFileFacts(processID: 7, isLocked: true, lockHolder: 7))
    #expect(observation.daemon == Self.other)
    #expect(observation.pidFileNamesDaemon == true)
    observation.pidFile = Self.pid(7, locked: true)
    observation.namedProcess = .unknown(reason: Self.denied)
    #expect(observation.daemonProcessID == 7)
    #expect(observation.daemon == nil)
    observation.namedProcess = .absent
    #expect(observation.daemonProcessID == nil)
    let parent = ObservedProcess(pid: 20, parent: 1)
    observation.holders = .known([parent, ObservedProcess(pid: 21, parent: 20)])
    #expect(observation.daemon == parent)
    observation.holders = .known([parent, ObservedProcess(pid: 21, parent: 1)])
    #expect(observation.daemon == nil)
  }

  @Test(
    "The number of another process id namespace is no process of this one",
    arguments: [sendmail, other])
  func otherNamespace(named: ObservedProcess) {
    var observation = DaemonObservation(of: Self.place)
    observation.pidFile = .known(PIDFileFacts(processID: 7, isLocked: true, lockHolder: 4059))
    observation.namedProcess = .known(named)
    #expect(observation.isAlive == true)
    #expect(observation.pidFileNamesDaemon == false)
    #expect(observation.daemonProcessID == nil)
    let listener = ObservedProcess(pid: 4059, parent: 4000, name: Self.bytes("sendmail"))
    observation.holders = .known([listener])
    observation.note(processTable: [
      named, listener, ObservedProcess(pid: 8, parent: 7), ObservedProcess(pid: 9, parent: 4059),
    ])
    #expect(observation.daemon == listener)
    #expect(observation.children == .known([ObservedProcess(pid: 9, parent: 4059)]))
    let text = PassiveText.status(observation)
    #expect(
      text.contains("process 7, which is another one here: process 4059 holds the file"), "\(text)")
  }

  @Test("Only sendmail has children in the process table")
  func children() {
    let child = ObservedProcess(pid: 8, parent: 7, name: Self.bytes("sendmail"))
    let table = [
      child, Self.sendmail,
      ObservedProcess(pid: 9, parent: 7, name: Self.bytes("sendmail"), hasEnded: true),
      ObservedProcess(pid: 3, parent: 1),
    ]
    var observation = DaemonObservation(of: Self.place)
    observation.note(processTable: table)
    #expect(observation.children == .absent)
    #expect(observation.sendmailProcesses == .known([Self.sendmail, child]))
    observation.pidFile = Self.pid(7, locked: true)
    observation.namedProcess = .known(Self.sendmail)
    observation.note(processTable: table)
    #expect(observation.children == .known([child]))
    observation.pidFile = .known(PIDFileFacts(processID: 7, isLocked: true, lockHolder: 7))
    observation.namedProcess = .known(Self.other)
    observation.note(processTable: table)
    #expect(observation.children == .known([]))
  }
}
