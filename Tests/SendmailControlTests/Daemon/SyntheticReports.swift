// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Reports of synthetic daemons.
struct NamedReport: Sendable, CustomTestStringConvertible {
  let name: String
  let report: StatusReport

  init(_ name: String, _ report: StatusReport) {
    self.name = name
    self.report = report
  }

  var testDescription: String { name }

  static let all: [NamedReport] = [
    NamedReport("normal", .normal), NamedReport("rejecting", .rejecting),
    NamedReport("no-limit", .noLimit), NamedReport("full", .full),
    NamedReport("short-of-space", .shortOfSpace),
    NamedReport("queues-not-configured", .queues(.notConfigured, key: 0)),
    NamedReport("queues-not-usable", .queues(.notConfigured, key: 13521)),
    NamedReport("queues-not-available", .queues(.notAvailable, key: 13521)),
    NamedReport(
      "queues-not-counted-yet",
      .queues(
        .counts([
          DaemonStatus.Queue(directory: "/var/spool/mqueue/q1/df", messages: 12),
          DaemonStatus.Queue(directory: "/var/spool/mqueue/q2", messages: nil),
        ]), key: 13521)),
    NamedReport("nothing-known", .nothingKnown), NamedReport("processes", .variousProcesses),
    NamedReport("hostile", .hostile), NamedReport("by-peer", .peersCounted),
    NamedReport("selected", .selected), NamedReport("port-closed", .portClosed),
    NamedReport("changed", .changed),
  ]
}

extension StatusReport {
  static let noon = CalendarTime(year: 2026, month: 11, day: 21, hour: 12, minute: 0, second: 5)

  /// A report of a daemon, process 100, with `children`.
  static func of(
    title: String = "accepting connections", children: [(pid: Int32, text: String)] = [],
    count: Int? = nil, maximum: Int = 20, load: Int = 1, free: Int = 41_943_040
  ) -> StatusReport {
    let reply = StatusReply(
      children: count ?? children.count, maximumChildren: maximum, freeSpace: free,
      loadAverage: load,
      processes: [ProcessEntry(pid: 100, text: ByteText(title))]
        + children.map { ProcessEntry(pid: $0.pid, text: ByteText($0.text)) }
        + [ProcessEntry(pid: 990, text: "console socket child")])
    return StatusReport(
      DaemonStatus(reply, identity: DaemonIdentity(listener: 100)),
      socket: Array("/var/spool/mqueue/.control".utf8),
      context: ReplyContext(
        host: Array("mail.example.org".utf8), time: noon,
        thresholds: StatusThresholds(
          queueLA: 8, refuseLA: 12, minimumFreeBlocks: 100, sharedMemoryKey: 0,
          daemonNames: [Array("MTA-v4".utf8), Array("MSA".utf8)], titlePrefix: Array("MTA".utf8)),
        fileSystems: [FileSystemInfo(blockSize: 4096, freeSpace: 41_943_040)]))
  }

  /// A process that began so many seconds ago.
  static func seen(
    _ age: Int, cpu: Int = 20, _ title: String?, hasEnded: Bool = false
  ) -> ListedProcess {
    .seen(
      ObservedProcess(
        pid: 1, commandLine: title.map { Array($0.utf8) }, processorTime: .milliseconds(cpu),
        hasEnded: hasEnded), age: .seconds(age))
  }

  static let children: [(pid: Int32, text: String)] = [
    (201, "SMTP server child for 192.0.2.7"),
    (202, "SMTP server child for IPv6:2001:db8:0:0:0:0:0:f12a"),
    (203, "Queue runner"),
    (204, "SMTP server child for [UNIX: localhost]"),
    (205, "SMTP server child for 192.0.2.7"),
    (206, "control socket server child"),
    (207, "(unknown)"),
  ]

  static let normal: StatusReport = {
    var report = of(children: children)
    report.status.queues = .counts([
      DaemonStatus.Queue(directory: "/var/spool/mqueue/q1", messages: 12),
      DaemonStatus.Queue(directory: "/var/spool/mqueue/slow", messages: 1300),
    ])
    report.status.fileSystems[0].queueDirectory = "q1"
    report.context.processes = [
      100: seen(70_000, "sendmail: MTA: accepting connections"),
      201: seen(42, "sendmail: MTA: server mx.example.net [192.0.2.7] cmd read"),
      202: seen(
        4000, cpu: 1_230, "sendmail: MTA: 6AL4Nt8J009038 h.example [IPv6:2001:db8::f12a]: DATA"),
      203: seen(75, cpu: 300, "sendmail: MTA: running queue: /var/spool/mqueue/q1"),
      204: seen(0, cpu: 0, "sendmail: MTA: startup with localhost"),
      205: seen(200_000, cpu: 80_000, "sendmail: MTA: NOQUEUE mx.example.net [192.0.2.7]: EHLO x"),
      206: seen(1, cpu: 0, nil, hasEnded: true),
      207: seen(90, "sendmail: MTA: ./6AL4Nt8J009038 mx.example.com.: user open"),
    ]
    report.context.daemonStart = CalendarTime(
      year: 2026, month: 11, day: 20, hour: 16, minute: 33, second: 25)
    return report
  }()

  static let rejecting = of(
    title: "rejecting connections on daemon MTA: load average: 14", children: [children[0]],
    load: 14)

  static let noLimit = of(children: Array(children.prefix(2)), maximum: 0)

  static let full = of(
    title: "rejecting connections on daemon MTA-v4: 3 children, max 3",
    children: Array(children.prefix(3)), maximum: 3)

  static let shortOfSpace: StatusReport = {
    var report = of(title: "rejecting new messages: min free: 100", free: 399)
    report.status.fileSystems.append(
      DaemonStatus.FileSystem(queueDirectory: "slow/a", freeSpace: nil))
    report.context.fileSystems.append(FileSystemInfo(blockSize: 4096, freeSpace: 1024))
    report.status.fileSystems.append(
      DaemonStatus.FileSystem(queueDirectory: "slow/b", freeSpace: 2048))
    return report
  }()

  static func queues(_ queues: DaemonStatus.Queues, key: Int) -> StatusReport {
    var report = of()
    report.status.queues = queues
    report.context.thresholds?.sharedMemoryKey = key
    return report
  }

  static let nothingKnown: StatusReport = {
    var report = of(title: "Sendmail daemon", children: [children[0]], load: -1, free: -1)
    report.status.daemon = nil
    report.status.queues = .notConfigured
    report.context.systemLoad = 2.519
    report.context.thresholds = nil
    report.context.fileSystems = []
    return report
  }()

  static let variousProcesses: StatusReport = {
    var report = of(children: Array(children.prefix(5)))
    report.context.processes = [
      201: .unreadable, 202: .reused, 203: .gone, 204: seen(9, nil),
      205: seen(7, cpu: 0, nil, hasEnded: true),
    ]
    return report
  }()

  static let hostile: StatusReport = {
    let owned = "\u{1B}]0;owned\u{7}"
    var report = of(
      title: "rejecting connections on daemon \(owned): \u{9B}31m",
      children: [
        (301, owned), (302, "SMTP server child for \(owned)"),
        (303, "SMTP server child for a\u{202E}b\u{2066}\u{7F}"),
        (304, "SMTP server child for \u{4E2D}\u{6587}\u{4E2D}\u{6587}.example"),
        (305, "SMTP server child for e\u{301}t\u{E9}.example"),
        (306, "SMTP server child for " + String(repeating: "long.", count: 60) + "example"),
        (307, "SMTP server child for plain"),
      ])
    report.status.processes[6].text = ByteText(
      Array("SMTP server child for ".utf8) + [0xE9, 0x0D, 0x0A])
    report.socket = Array("/tmp/\(owned)".utf8)
    report.context.host = Array(owned.utf8)
    report.context.thresholds?.daemonNames = [Array(owned.utf8)]
    report.status.fileSystems[0].queueDirectory = ByteText(owned)
    report.status.queues = .counts([DaemonStatus.Queue(directory: ByteText(owned), messages: 1)])
    report.context.processes = [
      302: seen(9, "sendmail: server \(owned) [192.0.2.7] cmd read"), 303: seen(9, owned),
    ]
    return report
  }()

  static let peersCounted: StatusReport = {
    var report = normal
    report.byPeer = true
    return report
  }()

  static let selected: StatusReport = {
    var report = variousProcesses
    report.selection = ChildSelection(
      kinds: [.smtpServer], peer: Array("UNIX".utf8), olderThan: .seconds(8))
    return report
  }()

  /// A port of a daemon that is in this state.
  static func port(_ name: String, _ number: Int, _ state: PortObservation.State) -> PortObservation
  {
    var port = DaemonPort.everyAddress
    port.name = Array(name.utf8)
    return PortObservation(port, address: "0.0.0.0 port \(number)", state: state)
  }

  static let portClosed: StatusReport = {
    var report = of(children: Array(children.prefix(2)))
    var (mta, other) = (port("MTA-v4", 25, .closed), port("MSA", 587, .open))
    mta.port.maximumChildren = 2
    other.port.refuseLA = 3
    let owned = ObservedProcess(pid: 77, name: Array("\u{1B}[31mexim".utf8))
    report.context.running = RunningDaemon(
      ports: [
        mta, other, port("TLS", 465, .taken(by: owned)), port("Off", 26, .disabled),
        port("Far", 27, .unknown(reason: "its service is not known here")),
      ])
    return report
  }()

  static let changed: StatusReport = {
    var report = of()
    func moment(_ second: Int) -> Fact<ConfigurationAge.Moment> {
      .known(
        ConfigurationAge.Moment(
          sinceEpoch: .seconds(second),
          local: CalendarTime(year: 2026, month: 11, day: 20, hour: 17, minute: 0, second: second)))
    }
    func file(
      _ name: String, _ role: ConfigurationAge.Role, _ modified: Fact<ConfigurationAge.Moment>
    ) -> ConfigurationAge.File {
      ConfigurationAge.File(Array("/etc/mail/\(name)".utf8), role, modified: modified)
    }
    report.context.running = RunningDaemon(
      ports: [port("MTA-v4", 25, .open)],
      configurationAge: ConfigurationAge(
        read: moment(5),
        files: [
          file("sendmail.cf", .configuration, moment(9)),
          file("local-host-names", .classFile, .absent),
          file("\u{1B}]0;owned", .classFile, .unknown(reason: "Permission denied")),
          file("sendmail.mc", .source, moment(12)),
        ]))
    return report
  }()

  /// So many SMTP children, a hundred peers.
  static func large(_ count: Int) -> StatusReport {
    var report = of(
      children: (0..<count).map { number in
        (Int32(1000 + number), "SMTP server child for 192.0.2.\(number % 100)")
      }, maximum: 0)
    report.context.processes = Dictionary(
      uniqueKeysWithValues: (0..<count).map {
        (Int32(1000 + $0), seen($0, "sendmail: server h.example [192.0.2.1] cmd read"))
      })
    return report
  }
}
