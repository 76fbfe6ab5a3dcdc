// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

@Suite("A sendmail that is not the daemon yet, or runs the queue only")
struct StartingDaemonTests {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// A sendmail that shows `arguments`, each ended by a NUL.
  static func process(
    _ pid: Int32, _ arguments: String, name: String = "sendmail", parent: Int32 = 1
  ) -> ObservedProcess {
    ObservedProcess(
      pid: pid, parent: parent, name: bytes(name),
      commandLine: bytes(arguments).map { $0 == 0x20 ? 0 : $0 } + [0], start: .seconds(100))
  }

  /// A sendmail with a title.
  static func titled(_ pid: Int32, _ title: String) -> ObservedProcess {
    ObservedProcess(pid: pid, name: bytes("sendmail"), commandLine: bytes("sendmail: \(title)\0"))
  }

  /// An observation of the place of `/m/s.cf` with these processes, 12 s after their start.
  static func observation(
    _ processes: [ObservedProcess], ports: [PortObservation] = [], isSubmission: Bool = false,
    pidFile: Int32? = nil
  ) -> DaemonObservation {
    var place = DaemonPlace(
      socket: bytes("/run/ctl"), pidFile: bytes("/run/pid"), configurationFile: bytes("/m/s.cf"))
    place.queueDirectory = bytes("/q")
    place.isSubmission = isSubmission
    var observation = DaemonObservation(of: place)
    observation.socketFile = .absent
    observation.listeners = .absent
    observation.pidFile = pidFile.map { .known(PIDFileFacts(processID: $0)) } ?? .absent
    if let named = processes.first(where: { $0.pid == pidFile }) {
      observation.namedProcess = .known(named)
    }
    observation.note(processTable: processes + [ObservedProcess(pid: 1, name: bytes("init"))])
    observation.sinceBoot = .seconds(112)
    observation.wantedPorts = ports
    return observation
  }

  static let taken = StatusReport.port(
    "MTA", 25, .taken(by: ObservedProcess(pid: 77, name: bytes("exim4"))))
  static var elsewhere: PortObservation {
    var port = StatusReport.port("X", 26, .closed)
    port.lacksAddress = true
    return port
  }

  static let found: [(arguments: String, isStarting: Bool)] = [
    ("sendmail -bD -C /m/s.cf", true), ("/usr/sbin/sendmail -bd -Cs.cf -q15m", true),
    ("sendmail -C/m/s.cf -b d", true), ("sendmail -bd -C /m/other.cf", false),
    ("sendmail -q15m -C /m/s.cf", false), ("sendmail -bd", false),
    ("sendmail -bp -C /m/s.cf", false),
  ]

  @Test("It is recognised by its arguments", arguments: found)
  func arguments(_ arguments: String, isStarting: Bool) {
    let observation = Self.observation([Self.process(31, arguments)])
    #expect(observation.starting.map(\.process.pid) == (isStarting ? [31] : []))
    #expect(observation.isAlive == isStarting)
  }

  @Test("A relative name of the file that smcontrol was given means the same file")
  func relative() {
    var observation = Self.observation([Self.process(31, "sendmail -bd -C /m/s.cf")])
    observation.place.configurationFile = Self.bytes("s.cf")
    #expect(observation.starting.count == 1)
  }

  @Test("Another program with these arguments is none, and neither is a daemon with a title")
  func others() {
    let observation = Self.observation([
      Self.process(31, "sudo sendmail -bd -C /m/s.cf", name: "sudo"),
      Self.titled(32, "accepting connections"),
    ])
    #expect(observation.starting.isEmpty)
  }

  static let texts: [(ports: [PortObservation], text: String)] = [
    (
      [taken],
      """
      process 31 tries for port MTA (0.0.0.0 port 25, held by process 77 (exim4)), and \
      ends in about 38 s when it does not get it
      """
    ),
    (
      [elsewhere, StatusReport.port("MSA", 587, .closed)],
      """
      process 31 tries for port X (0.0.0.0 port 26, its address is not on this host), and \
      ends in about 38 s when it does not get it
      """
    ),
    (
      [taken, elsewhere],
      """
      process 31 tries for port MTA (0.0.0.0 port 25, held by process 77 (exim4)) and port \
      X (0.0.0.0 port 26, its address is not on this host), and ends in about 38 s when it does not get them
      """
    ),
    (
      [],
      """
      process 31 starts, for 12 s now: it waits for a minute when the host name has no \
      domain
      """
    ),
  ]

  @Test(
    "The port that it tries for is named with the reason, and the time until it ends",
    arguments: texts)
  func text(ports: [PortObservation], text: String) {
    let observation = Self.observation(
      [Self.process(31, "sendmail -bd -C /m/s.cf")], ports: ports)
    #expect(observation.explanations == [text])
    // The same words in each view, and another instance on this host does not take their place.
    let other = Self.observation(
      [Self.titled(9, "accepting connections"), Self.process(31, "sendmail -bd -C /m/s.cf")],
      ports: ports)
    #expect(PassiveText.daemons(other) == [text])
    let lines = NoReplyText.lines(
      NoReplyDiagnosis(.noSuchSocket, socket: Self.bytes("/run/ctl"), observation: other))
    #expect(lines == ["/run/ctl: no such socket", text])
  }

  @Test("A port that is the same as another of the daemon's own")
  func samePort() {
    func port(_ name: String, _ listener: UInt64) -> PortObservation {
      PortObservation(
        .parsed("Name=\(name),Port=25"),
        tcp: .known([TCPListener(address: [0, 0, 0, 0], port: 25, inode: listener)]),
        local: { .known([]) }, held: .known([7]))
    }
    var ports = [port("MTA", 7), port("MSA", 7)]
    ports.giveEachListenerOnce()
    let starting = StartingDaemon(
      process: Self.process(31, "sendmail"), age: nil, ports: ports)
    #expect(
      starting.text == """
        process 31 tries for port MSA (0.0.0.0 port 25, which port MTA of it has), and \
        ends within 50 s when it does not get it
        """)
  }

  @Test("An optional port is given up, and one that has only begun is not explained")
  func shortTexts() {
    var optional = Self.taken
    optional.port.modifiers = [UInt8(ascii: "O")]
    let process = Self.process(31, "sendmail")
    #expect(
      StartingDaemon(process: process, age: .seconds(1), ports: [optional]).text
        .contains("goes on without in about 49 s") == true)
    #expect(
      StartingDaemon(process: process, age: .seconds(1), ports: []).text
        == "process 31 starts")
  }

  @Test(
    "A daemon that was restarted is not told to have an old configuration, nor to have lost its socket"
  )
  func restarted() {
    let observation = Self.observation(
      [Self.process(31, "sendmail -bD -C /elsewhere.cf")], ports: [Self.taken], pidFile: 31)
    #expect(observation.isReadingAgain)
    #expect(observation.starting.map(\.age) == [nil])
    #expect(PassiveText.daemons(observation).count == 1)
    let diagnosis = NoReplyDiagnosis(
      .noSuchSocket, socket: Self.bytes("/run/ctl"), observation: observation, log: .absent)
    #expect(!diagnosis.isWithoutSocket)
    let lines = NoReplyText.lines(diagnosis)
    #expect(lines.last?.hasPrefix("process 31 tries for port MTA ") == true)
    #expect(!lines.contains { $0.contains("could not open control socket") }, "\(lines)")
  }

  static let runners: [(title: String, interval: Duration?, directory: String?)] = [
    ("Queue runner@00:15:00 for /q", .seconds(900), "/q"),
    ("Queue runner@2+01:00:09 for /a b", .seconds(176_409), "/a b"),
    ("foo: Queue runner@00:30:00 for /q/q*", .seconds(1800), "/q/q*"), ("Queue control", nil, nil),
  ]

  @Test("A queue runner is known by its title", arguments: runners)
  func runner(title: String, interval: Duration?, directory: String?) throws {
    let runner = try #require(
      QueueRunner(Self.titled(5, title), prefix: Self.bytes(title.hasPrefix("foo") ? "foo" : "")))
    #expect(runner.interval == interval)
    #expect(runner.directory == directory.map(Self.bytes))
    for other in ["running queue: /q", "accepting connections", "Queue runners"] {
      #expect(QueueRunner(Self.titled(5, other), prefix: []) == nil)
    }
  }

  static let queueOnlyText =
    "process 31 runs the queue only: it has neither port nor control socket; start it with -bd"

  @Test("A process that runs the queue only is told so, and no log is searched")
  func queueOnly() {
    let text = Self.queueOnlyText
    let observation = Self.observation(
      [Self.titled(31, "Queue runner@00:15:00 for /q")], pidFile: 31)
    #expect(observation.explanations == [text])
    #expect(PassiveText.daemons(observation).last == text)
    let diagnosis = NoReplyDiagnosis(
      .noSuchSocket, socket: Self.bytes("/run/ctl"), observation: observation)
    #expect(!diagnosis.isWithoutSocket)
    #expect(NoReplyText.lines(diagnosis).last == text)
  }
}

@Suite("The process that runs a queue")
struct QueueRunsTests {
  typealias Starting = StartingDaemonTests

  static func line(_ text: String) -> DaemonCommandLine {
    DaemonCommandLine(line: Array("sendmail \(text)".utf8))
  }

  static let intervals: [(line: String, interval: String?)] = [
    ("-bd -q30m", "30m"), ("-bd -qp1h", "1h"), ("-bd", nil), ("-bd -qf", nil),
    ("-bD -C /q1 -q5", "5"),
  ]

  @Test("The daemon's own queue runs, by its command line", arguments: intervals)
  func interval(line: String, interval: String?) {
    #expect(Self.line(line).queueInterval == interval.map { Array($0.utf8) })
  }

  @Test("Nothing runs the queue only where the command line and all processes are seen")
  func none() {
    let alone = Starting.observation([Starting.titled(31, "accepting connections")], pidFile: 31)
    #expect(QueueRuns(Self.line("-bd -q30m"), alone) == .daemon(interval: Array("30m".utf8)))
    #expect(QueueRuns(Self.line("-bd"), alone) == QueueRuns.none(isSubmission: false))
    #expect(QueueRuns(nil, alone) == nil)
    var hidden = alone
    hidden.showsAllProcesses = false
    #expect(QueueRuns(Self.line("-bd"), hidden) == nil)
    let runner = Starting.titled(40, "Queue runner@00:15:00 for /q")
    guard case .runner(let found)? = QueueRuns(Self.line("-bd"), Starting.observation([runner]))
    else {
      Issue.record("the queue runner is not found")
      return
    }
    #expect(found.text == "process 40 runs the queue every 15m00s")
    let other = Starting.titled(40, "Queue runner@00:15:00 for /other")
    #expect(
      QueueRuns(Self.line("-bd"), Starting.observation([other]))
        == QueueRuns.none(isSubmission: false))
  }

  @Test("A daemon without queue runs, and a group without runners, are warned of")
  func warnings() {
    var running = RunningDaemon(queueRuns: QueueRuns.none(isSubmission: false))
    running.idleGroups = [Array("slow".utf8)]
    let text = PassiveText.status(PassiveTextTests.normal, running: running)
    #expect(
      text.contains(
        """
        Queue runs     no process runs this queue: mail that is deferred is not tried again; start the daemon \
        with -q30m, or run sendmail -q
                       the queue group slow has no runners (R=0): no queue run delivers its mail
        """), "\(text)")
    #expect(running.warnings(.accepting).count == 2)
    let usual = RunningDaemon(queueRuns: .daemon(interval: Array("30m".utf8)))
    #expect(usual.warnings(.accepting).isEmpty)
    #expect(
      PassiveText.status(PassiveTextTests.normal, running: usual).contains(
        "Queue runs     every 30m, by this daemon\n"))
  }

  @Test("The queue runner of the mail submission program is its process")
  func submission() {
    let runner = Starting.titled(40, "Queue runner@00:30:00 for /q")
    let observation = Starting.observation([runner], isSubmission: true)
    #expect(observation.isAlive == true)
    #expect(PassiveText.daemons(observation) == ["Queue runner@00:30:00 for /q (process 40)"])
    let none = Starting.observation([], isSubmission: true)
    #expect(none.isAlive == false)
    #expect(PassiveText.daemons(none) == ["no queue runner found"])
    #expect(QueueRuns(nil, none) == QueueRuns.none(isSubmission: true))
    #expect(QueueRuns(nil, observation).map { $0 != .none(isSubmission: true) } == true)
  }
}
