// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Made-up daemons to be drawn.
struct NamedPicture: Sendable, CustomTestStringConvertible {
  let name: String
  let picture: StatusPicture

  init(_ name: String, _ picture: StatusPicture) {
    self.name = name
    self.picture = picture
  }

  var testDescription: String { name }

  static let all: [NamedPicture] = [
    NamedPicture("normal", .normal), NamedPicture("rejecting", .rejecting),
    NamedPicture("no-limit", .noLimit), NamedPicture("full", .full),
    NamedPicture("short-of-space", .shortOfSpace),
    NamedPicture("queues-not-configured", .queues(.notConfigured, key: 0)),
    NamedPicture("queues-not-usable", .queues(.notConfigured, key: 13521)),
    NamedPicture("queues-not-available", .queues(.notAvailable, key: 13521)),
    NamedPicture(
      "queues-not-counted-yet",
      .queues(
        .counts([
          (name: Array("/var/spool/mqueue/q1/df".utf8), messages: 12),
          (name: Array("/var/spool/mqueue/q2".utf8), messages: nil),
        ]), key: 13521)),
    NamedPicture("nothing-known", .nothingKnown), NamedPicture("sights", .variousSights),
    NamedPicture("hostile", .hostile), NamedPicture("by-peer", .peersCounted),
    NamedPicture("selected", .selected),
  ]
}

extension StatusPicture {
  static let noon = CalendarTime(year: 2026, month: 11, day: 21, hour: 12, minute: 0, second: 5)

  /// A picture of a daemon, process 100, with `children`.
  static func of(
    title: String = "accepting connections", children: [(pid: Int32, text: String)] = [],
    count: Int? = nil, maximum: Int = 20, load: Int = 1, free: Int = 41_943_040
  ) -> StatusPicture {
    let reply = StatusReply(
      children: count ?? children.count, maximumChildren: maximum, freeSpace: free,
      loadAverage: load,
      processes: [ProcessEntry(pid: 100, text: title)]
        + children.map { ProcessEntry(pid: $0.pid, text: $0.text) }
        + [ProcessEntry(pid: 990, text: "console socket child")])
    return StatusPicture(
      status: DaemonStatus(reply, identity: DaemonIdentity(listener: 100)),
      socket: Array("/var/spool/mqueue/.control".utf8), host: Array("mail.example.org".utf8),
      time: noon,
      thresholds: StatusThresholds(
        queueLA: 8, refuseLA: 12, minimumFreeBlocks: 100, sharedMemoryKey: 0,
        daemonNames: [Array("MTA-v4".utf8), Array("MSA".utf8)], titlePrefix: Array("MTA".utf8)),
      fileSystems: [FileSystemSight(blockSize: 4096, freeSpace: 41_943_040)])
  }

  /// The facts of a process that began so many seconds ago.
  static func seen(_ age: Int, cpu: Int = 20, _ title: String?) -> ProcessSight {
    .seen(
      .init(
        age: .seconds(age), processorTime: .milliseconds(cpu), title: title.map { Array($0.utf8) }))
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

  static let normal: StatusPicture = {
    var picture = of(children: children)
    picture.status.queues = .counts([
      (name: Array("/var/spool/mqueue/q1".utf8), messages: 12),
      (name: Array("/var/spool/mqueue/slow".utf8), messages: 1300),
    ])
    picture.status.fileSystems[0].queueDirectory = Array("q1".utf8)
    picture.sights = [
      100: seen(70_000, "sendmail: MTA: accepting connections"),
      201: seen(42, "sendmail: MTA: server mx.example.net [192.0.2.7] cmd read"),
      202: seen(
        4000, cpu: 1_230, "sendmail: MTA: 6AL4Nt8J009038 h.example [IPv6:2001:db8::f12a]: DATA"),
      203: seen(75, cpu: 300, "sendmail: MTA: running queue: /var/spool/mqueue/q1"),
      204: seen(0, cpu: 0, "sendmail: MTA: startup with localhost"),
      205: seen(200_000, cpu: 80_000, "sendmail: MTA: NOQUEUE mx.example.net [192.0.2.7]: EHLO x"),
      206: .seen(.init(age: .seconds(1), processorTime: .zero, hasEnded: true)),
      207: seen(90, "sendmail: MTA: ./6AL4Nt8J009038 mx.example.com.: user open"),
    ]
    picture.daemonStart = CalendarTime(
      year: 2026, month: 11, day: 20, hour: 16, minute: 33, second: 25)
    return picture
  }()

  static let rejecting = of(
    title: "rejecting connections on daemon MTA: load average: 14", children: [children[0]],
    load: 14)

  static let noLimit = of(children: Array(children.prefix(2)), maximum: 0)

  static let full = of(
    title: "rejecting connections on daemon MTA-v4: 3 children, max 3",
    children: Array(children.prefix(3)), maximum: 3)

  static let shortOfSpace: StatusPicture = {
    var picture = of(title: "rejecting new messages: min free: 100", free: 399)
    picture.status.fileSystems.append(
      DaemonStatus.FileSystem(queueDirectory: Array("slow/a".utf8), freeSpace: nil))
    picture.fileSystems.append(FileSystemSight(blockSize: 4096, freeSpace: 1024))
    picture.status.fileSystems.append(
      DaemonStatus.FileSystem(queueDirectory: Array("slow/b".utf8), freeSpace: 2048))
    return picture
  }()

  static func queues(_ queues: DaemonStatus.Queues, key: Int) -> StatusPicture {
    var picture = of()
    picture.status.queues = queues
    picture.thresholds?.sharedMemoryKey = key
    return picture
  }

  static let nothingKnown: StatusPicture = {
    var picture = of(title: "Sendmail daemon", children: [children[0]], load: -1, free: -1)
    picture.status.daemon = nil
    picture.status.queues = .notConfigured
    picture.systemLoad = 2.519
    picture.thresholds = nil
    picture.fileSystems = []
    return picture
  }()

  static let variousSights: StatusPicture = {
    var picture = of(children: Array(children.prefix(5)))
    picture.sights = [
      201: .unreadable, 202: .reused, 203: .gone, 204: seen(9, nil),
      205: .seen(.init(age: .seconds(7), processorTime: .zero, hasEnded: true)),
    ]
    return picture
  }()

  static let hostile: StatusPicture = {
    let owned = "\u{1B}]0;owned\u{7}"
    var picture = of(
      title: "rejecting connections on daemon \(owned): \u{9B}31m",
      children: [
        (301, owned), (302, "SMTP server child for \(owned)"),
        (303, "SMTP server child for a\u{202E}b\u{2066}\u{7F}"),
        (304, "SMTP server child for \u{4E2D}\u{6587}\u{4E2D}\u{6587}.example"),
        (305, "SMTP server child for e\u{301}t\u{E9}.example"),
        (306, "SMTP server child for " + String(repeating: "long.", count: 60) + "example"),
        (307, "SMTP server child for plain"),
      ])
    picture.status.children[6].text = Array("SMTP server child for ".utf8) + [0xE9, 0x0D, 0x0A]
    picture.socket = Array("/tmp/\(owned)".utf8)
    picture.host = Array(owned.utf8)
    picture.thresholds?.daemonNames = [Array(owned.utf8)]
    picture.status.fileSystems[0].queueDirectory = Array(owned.utf8)
    picture.status.queues = .counts([(name: Array(owned.utf8), messages: 1)])
    picture.sights = [
      302: seen(9, "sendmail: server \(owned) [192.0.2.7] cmd read"), 303: seen(9, owned),
    ]
    return picture
  }()

  static let peersCounted: StatusPicture = {
    var picture = normal
    picture.byPeer = true
    return picture
  }()

  static let selected: StatusPicture = {
    var picture = variousSights
    picture.selection = ChildSelection(
      kinds: [.smtpServer], peer: Array("UNIX".utf8), olderThan: .seconds(8))
    return picture
  }()

  /// So many SMTP children, a hundred peers.
  static func large(_ count: Int) -> StatusPicture {
    var picture = of(
      children: (0..<count).map { number in
        (Int32(1000 + number), "SMTP server child for 192.0.2.\(number % 100)")
      }, maximum: 0)
    picture.sights = Dictionary(
      uniqueKeysWithValues: (0..<count).map {
        (Int32(1000 + $0), seen($0, "sendmail: server h.example [192.0.2.1] cmd read"))
      })
    return picture
  }
}
