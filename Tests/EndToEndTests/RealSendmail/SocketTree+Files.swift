// SPDX-License-Identifier: GPL-3.0-or-later

extension SocketTree {
  static let links: [SocketTree] =
    [
      SocketTree(
        description: "link to a safe directory", socket: "@DIR@/l/ctl",
        entries: [.directory("d"), .link("l", to: "@DIR@/d")]),
      SocketTree(
        description: "relative link of a stranger", socket: "@DIR@/l/ctl",
        entries: [.directory("d"), .link("l", to: "d", owner: stranger)]),
      SocketTree(
        description: "link to 0777", socket: "@DIR@/l/ctl",
        entries: [.directory("d", 0o777), .link("l", to: "d")]),
      SocketTree(
        description: "link to a safe directory below 0777", socket: "@DIR@/l/ctl",
        entries: [.directory("w", 0o777), .directory("w/d"), .link("l", to: "@DIR@/w/d")]),
      SocketTree(
        description: "link through .. of 0777", socket: "@DIR@/l/ctl",
        entries: [.directory("d"), .directory("w", 0o777), .link("l", to: "w/../d")]),
      SocketTree(
        description: "link in a circle", socket: "@DIR@/l/ctl", entries: [.link("l", to: "l")]),
      SocketTree(
        description: "two links in a circle", socket: "@DIR@/l/ctl",
        entries: [.link("l", to: "@DIR@/m"), .link("m", to: "l")]),
      SocketTree(
        description: "link to nothing", socket: "@DIR@/l/ctl", entries: [.link("l", to: "none")]),
      SocketTree(
        description: "link to a file", socket: "@DIR@/l/ctl",
        entries: [.file("f"), .link("l", to: "f")]),
      SocketTree(
        description: "link to /tmp", socket: "@DIR@/l/ctl", entries: [.link("l", to: "/tmp")]),
      SocketTree(
        description: "link to the directory above", socket: "@DIR@/d/l/d/ctl",
        entries: [.directory("d"), .link("d/l", to: "..")]),
    ]
    + [19, 20, 21].map { count in
      SocketTree(
        description: "\(count) links", socket: "@DIR@/l\(count)/ctl",
        entries: [.directory("l0")] + (1...count).map { .link("l\($0)", to: "l\($0 - 1)") })
    }

  static let pieces: [SocketTree] = [
    SocketTree(description: "missing directory", socket: "@DIR@/none/ctl"),
    SocketTree(description: "two missing directories", socket: "@DIR@/none/sub/ctl"),
    SocketTree(
      description: "a file in the way", socket: "@DIR@/f/ctl", entries: [.file("f")]),
    SocketTree(
      description: "a file in the way, for everybody", socket: "@DIR@/f/ctl",
      entries: [.file("f", 0o666)]),
    SocketTree(
      description: "a file further up", socket: "@DIR@/f/d/ctl", entries: [.file("f")]),
    SocketTree(
      description: "slashes", socket: "@DIR@//d///ctl", entries: [.directory("d")]),
    SocketTree(
      description: "dots", socket: "@DIR@/./d/../d/./ctl", entries: [.directory("d")]),
    SocketTree(
      description: "dots by way of 0777", socket: "@DIR@/w/../d/ctl",
      entries: [.directory("d"), .directory("w", 0o777)]),
    SocketTree(
      description: "slash at the end", socket: "@DIR@/d/", entries: [.directory("d")]),
    SocketTree(
      description: "blanks and quotes", socket: "@DIR@/d e'f\"/c tl",
      entries: [.directory("d e'f\"")]),
    SocketTree(
      description: "a name too long", socket: "@DIR@/d/" + String(repeating: "c", count: 100),
      entries: [.directory("d")]),
    SocketTree(
      description: "in 0777 and missing", socket: "@DIR@/w/none/ctl",
      entries: [.directory("w", 0o777)]),
  ]

  static let files: [SocketTree] =
    ([0o644, 0o600, 0o666, 0o400, 0o200, 0o755, 0o001, 0o4600] as [UInt32]).map { mode in
      SocketTree(
        description: "file \(String(mode, radix: 8))",
        entries: [.directory("d"), .file("d/ctl", mode)])
    }
    + [0, stranger, friend].flatMap { owner in
      [[], [trusted], [runAs]].flatMap { options in
        ([0o600, 0o660, 0o755] as [UInt32]).map { mode in
          SocketTree(
            description:
              "stale socket \(String(mode, radix: 8)) of \(owner) \(options.joined())",
            entries: [
              .directory("d", owner: options == [runAs] ? friend : 0),
              .make(.socket, "d/ctl", mode, owner: owner),
            ], options: options, queueOwner: options == [runAs] ? friend : 0)
        }
      }
    } + [
      SocketTree(
        description: "stranger's file", entries: [.directory("d"), .file("d/ctl", owner: stranger)]),
      SocketTree(
        description: "file in a stranger's directory",
        entries: [.directory("d", owner: stranger), .file("d/ctl")]),
      SocketTree(
        description: "RunAsUser, root's file 0666",
        entries: [.directory("d", owner: friend), .file("d/ctl", 0o666)], options: [runAs],
        queueOwner: friend),
      SocketTree(
        description: "RunAsUser, root's file 0644",
        entries: [.directory("d", owner: friend), .file("d/ctl", 0o644)], options: [runAs],
        queueOwner: friend),
      SocketTree(
        description: "hard link",
        entries: [.directory("d"), .file("f"), .make(.hardLink("f"), "d/ctl", 0o644)]),
      SocketTree(
        description: "FIFO", entries: [.directory("d"), .make(.fifo, "d/ctl", 0o600)]),
      SocketTree(
        description: "directory", entries: [.directory("d"), .directory("d/ctl")]),
      SocketTree(
        description: "directory 0600", entries: [.directory("d"), .directory("d/ctl", 0o600)]),
      SocketTree(
        description: "dangling link", entries: [.directory("d"), .link("d/ctl", to: "none")]),
      SocketTree(
        description: "link to a file",
        entries: [.directory("d"), .file("f"), .link("d/ctl", to: "@DIR@/f")]),
      SocketTree(
        description: "link to a socket",
        entries: [.directory("d"), .make(.socket, "s", 0o600), .link("d/ctl", to: "../s")]),
    ]

  static let relativeNames: [SocketTree] = [
    SocketTree(description: "relative", socket: "ctl"),
    SocketTree(description: "relative with a dot", socket: "./ctl"),
    SocketTree(
      description: "relative in 0777 base", socket: "ctl", entries: [.directory("mq", 0o777)]),
    SocketTree(
      description: "relative in a directory", socket: "s/ctl", entries: [.directory("mq/s")]),
    SocketTree(
      description: "relative in 0775", socket: "s/ctl", entries: [.directory("mq/s", 0o775)]),
    SocketTree(
      description: "relative in a directory, base 0777", socket: "s/ctl",
      entries: [.directory("mq/s"), .directory("mq", 0o777)]),
    SocketTree(description: "relative in a missing directory", socket: "s/ctl"),
    SocketTree(description: "relative and up", socket: "../ctl"),
    SocketTree(
      description: "relative, up and down", socket: "../d/ctl", entries: [.directory("d", 0o777)]),
    SocketTree(
      description: "relative, a file", socket: "ctl", entries: [.file("mq/ctl")]),
  ]

  /// sendmail takes a daemon of an ordinary user for debugging: no directory is too open for it.
  static let ordinaryUser: [SocketTree] = [
    SocketTree(
      description: "nobody's daemon in 0777",
      entries: [.directory("d", 0o777)], asOrdinaryUser: true),
    SocketTree(
      description: "nobody's daemon in root's directory",
      entries: [.directory("d")], asOrdinaryUser: true),
    SocketTree(
      description: "nobody's daemon, root's file",
      entries: [.directory("d", 0o777), .file("d/ctl", 0o644)], asOrdinaryUser: true),
    SocketTree(
      description: "nobody's daemon, root's file for all",
      entries: [.directory("d", 0o777), .file("d/ctl", 0o666)], asOrdinaryUser: true),
  ]
}
