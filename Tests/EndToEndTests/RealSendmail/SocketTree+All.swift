// SPDX-License-Identifier: GPL-3.0-or-later

extension SocketTree {
  /// All trees: modes of the last directory and of the one above it against the switches that relax
  /// a rule, owners against the options that name users, links, missing pieces, and everything that
  /// can stand at the path.
  static let all: [SocketTree] =
    directoryModes + parentModes + owners + links + pieces + files + relativeNames + ordinaryUser

  private static let switches: [(name: String, lines: [String])] = [
    ("", []), (" TrustStickyBit", [trustSticky]), (" GroupWritableDirPathSafe", [trustGroup]),
    (" both", [trustSticky, trustGroup]),
  ]

  private static let directoryModes: [SocketTree] =
    ([0o755, 0o700, 0o711, 0o555, 0o500, 0o2755] as [UInt32]).map { mode in
      SocketTree(
        description: "directory \(octal(mode))", entries: [.directory("d", mode)])
    }
    + ([0o775, 0o777, 0o1777, 0o1775, 0o2775, 0o757, 0o1755] as [UInt32]).flatMap { mode in
      switches.map { relaxed in
        SocketTree(
          description: "directory \(octal(mode))\(relaxed.name)",
          entries: [.directory("d", mode)], options: relaxed.lines)
      }
    }

  private static let parentModes: [SocketTree] =
    ([0o775, 0o777, 0o1777, 0o000, 0o555] as [UInt32]).flatMap { mode in
      switches.map { relaxed in
        SocketTree(
          description: "parent \(octal(mode))\(relaxed.name)", socket: "@DIR@/a/d/ctl",
          entries: [.directory("a"), .directory("a/d"), .directory("a", mode)],
          options: relaxed.lines)
      }
    }

  private static let owners: [SocketTree] =
    ([0, stranger, friend] as [UInt32]).flatMap { owner in
      [[], [trusted], [runAs], [runAs, "O TrustedUser=daemon"]].flatMap { options in
        ([0o755, 0o700, 0o555] as [UInt32]).map { mode in
          SocketTree(
            description: "owner \(owner) \(octal(mode)) \(options.joined(separator: ", "))",
            entries: [.directory("d", mode, owner: owner)], options: options,
            queueOwner: options.contains(runAs) ? friend : 0)
        }
      }
    } + [
      SocketTree(
        description: "parent of a stranger", socket: "@DIR@/a/d/ctl",
        entries: [.directory("a", owner: stranger), .directory("a/d")]),
      SocketTree(
        description: "stranger's directory, group root may write",
        entries: [.directory("d", 0o775, owner: stranger)], options: [trustGroup]),
      SocketTree(
        description: "stranger's directory, another group may write",
        entries: [.directory("d", 0o775, owner: stranger, group: 8)], options: [trustGroup]),
      SocketTree(
        description: "stranger's directory, all may write",
        entries: [.directory("d", 0o1777, owner: stranger)], options: [trustSticky]),
      SocketTree(
        description: "RunAsUser's group may write",
        entries: [.directory("d", 0o775, owner: stranger, group: 8)], options: [trustGroup, runAs],
        queueOwner: friend),
      SocketTree(
        description: "RunAsUser=mail:daemon, group daemon may write",
        entries: [.directory("d", 0o775, owner: stranger, group: 1)],
        options: [trustGroup, "O RunAsUser=mail:daemon"], queueOwner: friend),
      SocketTree(
        description: "RunAsUser=8, group 8 may write",
        entries: [.directory("d", 0o775, owner: stranger, group: 8)],
        options: [trustGroup, "O RunAsUser=8"], queueOwner: friend),
    ]

  private static func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }
}
