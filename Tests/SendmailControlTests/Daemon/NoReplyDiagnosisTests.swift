// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("The diagnosis of a missing reply")
struct NoReplyDiagnosisTests {
  typealias Cause = NoReplyDiagnosis.Cause

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let notConfigured = Cause.notConfigured(
    file: bytes("/etc/mail/sendmail.cf"), suggestion: bytes("/q/.control"))

  /// An observation in which nothing was asked.
  static let nothing = DaemonObservation(of: DaemonPlace())

  /// A daemon of which there is no sign.
  static var dead: DaemonObservation {
    var observation = DaemonObservation(
      of: DaemonPlace(socket: bytes("/run/ctl"), pidFile: bytes("/run/pid")))
    observation.socketFile = .known(SocketFileFacts(owner: "root", group: "smmsp", mode: 0o660))
    observation.listeners = .known([])
    observation.pidFile = .absent
    return observation
  }

  static func dead(_ change: (inout DaemonObservation) -> Void) -> DaemonObservation {
    var observation = dead
    change(&observation)
    return observation
  }

  /// A daemon that runs without its socket.
  static let withoutSocket = dead {
    $0.pidFile = .known(PIDFileFacts(processID: 12, isLocked: true))
    $0.namedProcess = .known(ObservedProcess(pid: 12, name: bytes("sendmail")))
  }
  static let listening = dead { $0.listeners = waiting(0) }
  static let hiddenPIDFile = dead { $0.pidFile = .unknown(reason: "Permission denied") }
  static let hiddenListeners = dead { $0.listeners = .unknown(reason: "another namespace") }

  static func waiting(_ count: Int?) -> Fact<[ListeningSocket]> {
    .known([ListeningSocket(name: bytes("/run/ctl"), inode: 1, waiting: count)])
  }

  static func port(_ outcome: NoReplyDiagnosis.PortFacts.Outcome) -> NoReplyDiagnosis.PortFacts {
    NoReplyDiagnosis.PortFacts(name: bytes("MTA"), address: "127.0.0.1 port 25", outcome: outcome)
  }

  static let greeting = port(.greets(bytes("220 mx")))
  static let foreignGreeting = NoReplyDiagnosis.PortFacts(
    name: bytes("MTA"), address: "127.0.0.1 port 25", outcome: .greets(bytes("220 mx")),
    holder: ObservedProcess(pid: 77, name: bytes("exim4")))

  /// A sendmail that is to be the daemon, as its arguments tell: it has no title yet.
  static func waitingDaemon(_ arguments: String) -> DaemonObservation {
    dead {
      $0.place.configurationFile = bytes("/m/s.cf")
      $0.sendmailProcesses = .known([
        ObservedProcess(
          pid: 31, name: bytes("sendmail"),
          commandLine: Array(bytes("sendmail " + arguments).map { $0 == 0x20 ? 0 : $0 }) + [0])
      ])
    }
  }

  static let alive: [(Cause, DaemonObservation, [NoReplyDiagnosis.PortFacts], Bool?)] = [
    (.noSuchSocket, dead, [], false), (.noListener, dead, [], false),
    (.noSuchSocket, dead, [port(.refused)], false), (.noSuchSocket, dead, [greeting], true),
    // Another program's greeting is not sendmail's.
    (.noSuchSocket, dead, [foreignGreeting], false),
    (.noSuchSocket, waitingDaemon("-bD -C /m/s.cf"), [foreignGreeting], true),
    (.noSuchSocket, waitingDaemon("-bd -Cs.cf -q15m"), [foreignGreeting], true),
    (.noSuchSocket, waitingDaemon("-bd -C /m/other.cf"), [foreignGreeting], false),
    (.noSuchSocket, waitingDaemon("-q15m -C /m/s.cf"), [foreignGreeting], false),
    (.noSuchSocket, waitingDaemon("-bd"), [foreignGreeting], false),
    (.noSuchSocket, withoutSocket, [], true), (.noListener, withoutSocket, [], true),
    (.noListener, hiddenPIDFile, [], nil),
    // connect(2) has told that none listens.
    (.noListener, hiddenListeners, [], false),
    (.silent, dead, [], true), (.listenQueueFull, nothing, [], true),
    (.noPermission, listening, [], true), (.noPermission, dead, [], false),
    (.noPermission, hiddenPIDFile, [], nil), (.noPermission, hiddenListeners, [], nil),
    (.notASocket, dead, [], false), (.notASocket, withoutSocket, [], true),
    (.notASocket, nothing, [greeting], true), (.pathTooLong, nothing, [], nil),
    (notConfigured, nothing, [], nil), (notConfigured, withoutSocket, [], true),
  ]

  @Test("Whether the daemon runs", arguments: alive)
  func isAlive(
    cause: Cause, observation: DaemonObservation, ports: [NoReplyDiagnosis.PortFacts],
    expected: Bool?
  ) {
    let diagnosis = NoReplyDiagnosis(
      cause, socket: Self.bytes("/run/ctl"), observation: observation, ports: ports)
    #expect(diagnosis.isAlive == expected)
  }

  static let probes: [(Cause, DaemonObservation, Bool)] = [
    (.noSuchSocket, dead, true), (.noListener, hiddenPIDFile, true), (.notASocket, nothing, true),
    (.pathTooLong, nothing, true), (notConfigured, nothing, true),
    (.noSuchSocket, withoutSocket, false), (notConfigured, withoutSocket, false),
    (.silent, dead, false), (.listenQueueFull, dead, false), (.noPermission, dead, false),
    (.noPermission, hiddenListeners, false),
  ]

  @Test("Ports are tried where nothing else tells, and never without permission", arguments: probes)
  func needsPorts(cause: Cause, observation: DaemonObservation, expected: Bool) {
    let diagnosis = NoReplyDiagnosis(
      cause, socket: Self.bytes("/run/ctl"), observation: observation)
    #expect(diagnosis.needsPorts == expected)
  }
}

@Suite("The diagnosis of a missing reply in words")
struct NoReplyTextTests {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func lines(
    _ cause: NoReplyDiagnosis.Cause,
    _ observation: DaemonObservation = NoReplyDiagnosisTests.nothing,
    ports: [NoReplyDiagnosis.PortFacts] = [], submissionFile: [UInt8]? = nil
  ) -> [String] {
    NoReplyText.lines(
      NoReplyDiagnosis(
        cause, socket: bytes("/run/ctl"), observation: observation, ports: ports,
        timeout: .seconds(10), user: "alice (groups alice)", submissionFile: submissionFile))
  }

  static func file(
    _ kind: FileFacts.Kind = .socket, group: String = "smmsp", mode: UInt16 = 0o660
  ) -> DaemonObservation {
    NoReplyDiagnosisTests.dead {
      $0.socketFile = .known(
        SocketFileFacts(kind: kind, owner: "root", group: group, mode: mode))
    }
  }

  @Test("A daemon whose command line sets another socket is found there")
  func otherSocket() {
    let observation = NoReplyDiagnosisTests.dead {
      $0.pidFile = .known(
        PIDFileFacts(
          processID: 12, commandLine: Self.bytes("sendmail -bd -OControlSocketName=/run/x"),
          isLocked: true))
      $0.namedProcess = .known(ObservedProcess(pid: 12, name: Self.bytes("sendmail")))
    }
    #expect(
      Self.lines(.noSuchSocket, observation).contains(
        """
        PID file /run/pid: process 12, running, and its command line sets ControlSocketName=/run/x: name that \
        socket with -f
        """))
  }

  @Test("The program that has the port is named, and a sendmail that starts")
  func takenPort() {
    let lines = Self.lines(
      .noSuchSocket, NoReplyDiagnosisTests.waitingDaemon("-bD -C /m/s.cf"),
      ports: [NoReplyDiagnosisTests.foreignGreeting])
    #expect(
      lines.contains(
        "SMTP port MTA (127.0.0.1 port 25), which is held by process 77 (exim4), greets: 220 mx"),
      "\(lines)")
    #expect(
      lines.contains("process 31 starts"),
      "\(lines)")
  }

  static let queues: [(count: Int?, line: String)] = [
    (0, "connection accepted, but the daemon's child does not answer"),
    (1, "1 connection is waiting: the daemon is not accepting"),
    (9, "9 connections are waiting: the daemon is not accepting"),
  ]

  @Test("The queue of the socket tells which process hangs", arguments: queues)
  func waiting(count: Int?, line: String) {
    let observation = NoReplyDiagnosisTests.dead {
      $0.listeners = NoReplyDiagnosisTests.waiting(count)
    }
    #expect(
      Self.lines(.silent, observation) == [
        "/run/ctl: the daemon listens but did not answer within 10 s", line,
      ])
    #expect(
      Self.lines(.listenQueueFull, observation) == [
        "/run/ctl: listen queue full: the daemon is not accepting connections", line,
      ])
  }

  static let texts: [(NoReplyDiagnosis.Cause, DaemonObservation, [String])] = [
    (.silent, NoReplyDiagnosisTests.nothing, []),
    (
      .noListener, NoReplyDiagnosisTests.dead,
      ["a daemon that starts replaces it; smcontrol start runs one"]
    ),
    (
      .noSuchSocket, NoReplyDiagnosisTests.withoutSocket,
      ["PID file /run/pid: process 12, running, without this socket"]
    ),
    (.notASocket, file(.regular), ["sendmail deletes this file when it starts; check it first"]),
    (.notASocket, file(.device), ["sendmail deletes this file when it starts; check it first"]),
    (
      .notASocket, file(.directory),
      ["it is a directory: sendmail leaves it and runs without a control socket"]
    ),
    (
      .noPermission, file(),
      [
        """
        it belongs to user root, group smmsp, with mode 0660; you are alice (groups alice)
        """, "run as root or as a member of group smmsp (sudo -g smmsp ...)",
      ]
    ),
    (
      .noPermission, file(mode: 0o600),
      [
        "it belongs to user root, group smmsp, with mode 0600; you are alice (groups alice)",
        "run as root (sudo ...)",
      ]
    ),
    (
      .noPermission, NoReplyDiagnosisTests.nothing,
      ["a directory on the way may not be searched; you are alice (groups alice)"]
    ),
  ]

  @Test("The known facts and the remedy follow the failure", arguments: texts)
  func text(cause: NoReplyDiagnosis.Cause, observation: DaemonObservation, expected: [String]) {
    let lines = Self.lines(cause, observation)
    #expect(lines[0].hasPrefix("/run/ctl: "))
    #expect(Array(lines.dropFirst()) == expected)
  }

  @Test("An SMTP port that is closed is no proof")
  func port() {
    let lines = Self.lines(.noSuchSocket, ports: [NoReplyDiagnosisTests.port(.refused)])
    #expect(
      lines.last == """
        SMTP port MTA (127.0.0.1 port 25) is closed (a daemon that rejects connections closes it, too)
        """)
  }

  @Test("The purpose of submit.cf is explained, without advice that does not apply")
  func submission() {
    let file = Self.bytes("/etc/mail/submit.cf")
    let missing = Self.lines(
      .notConfigured(file: file, suggestion: Self.bytes("/q/.control")), submissionFile: file)
    #expect(
      missing == [
        "/etc/mail/submit.cf: ControlSocketName is not set, so the daemon has no control socket",
        """
        /etc/mail/submit.cf is for the mail submission program (UseMSP), which never opens a \
        control socket; the daemon's is in sendmail.cf
        """,
      ])
    let stale = NoReplyText.lines(
      NoReplyDiagnosis(
        .noListener, socket: Self.bytes("/run/\u{1B}ctl"),
        observation: NoReplyDiagnosisTests.nothing, submissionFile: file))
    #expect(stale.count == 3)
    #expect(stale.allSatisfy { !$0.contains("\u{1B}") })
  }
}
