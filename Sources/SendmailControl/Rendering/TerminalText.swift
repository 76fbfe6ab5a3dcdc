// SPDX-License-Identifier: GPL-3.0-or-later

/// A reply as an administrator reads it.
public enum TerminalText {
  /// The text for a reply to `status` or `mstat`: the daemon in its own words, what it counts, and
  /// its children. The control child that wrote the reply is counted below the table, not listed.
  ///
  /// - Parameter socket: the path of the socket that was asked.
  public static func status(_ status: DaemonStatus, socket: [UInt8]) -> String {
    var facts = TextTable([.left, .left])
    if let daemon = status.daemon {
      facts.append(["Daemon", "\(HarmlessText.make(daemon.title)) (process \(daemon.pid))"])
    } else {
      facts.append(["Daemon", "not known which of the processes it is"])
    }
    facts.append(["Socket", HarmlessText.make(socket)])
    facts.append(["Children", children(status)])
    facts.append([
      "Load average", status.loadAverage.map { String($0) } ?? "not known to the daemon",
    ])
    for fileSystem in status.fileSystems {
      facts.append(["Free space", freeSpace(fileSystem)])
    }
    for (index, line) in queues(status.queues).enumerated() {
      facts.append([index == 0 ? "Queues" : "", line])
    }
    return facts.text() + processes(status.children)
  }

  /// The text for any other reply: its lines, made harmless.
  public static func lines(_ reply: [UInt8]) -> String {
    var text = ""
    for line in ReplyLines(reply) {
      HarmlessText.append(line, layout: .lines, to: &text)
      text += "\n"
    }
    return text
  }

  private static func children(_ status: DaemonStatus) -> String {
    let limit = status.maximumChildren.map { "at most \($0)" } ?? "no limit"
    return "\(status.childCount), \(limit)"
  }

  private static func freeSpace(_ fileSystem: DaemonStatus.FileSystem) -> String {
    let place =
      fileSystem.queueDirectory.map { "queue directory \(HarmlessText.make($0))" }
      ?? "first queue group"
    guard let free = fileSystem.freeSpace else { return "not known to the daemon (\(place))" }
    return "\(ByteCount(kibibytes: free).text) (\(place))"
  }

  private static func queues(_ queues: DaemonStatus.Queues) -> [String] {
    switch queues {
    case .notReported: []
    case .notConfigured: ["not counted: the daemon has no shared memory (SharedMemoryKey)"]
    case .notAvailable: ["not counted: this sendmail was compiled without shared memory"]
    case .counts(let counts):
      counts.map { name, messages in
        "\(messages.map { String($0) } ?? "not counted before the first queue run")"
          + " in \(HarmlessText.make(name))"
      }
    }
  }

  private static func processes(_ children: [DaemonStatus.Child]) -> String {
    let listed = children.filter { $0.kind != .answeringControl }
    guard !listed.isEmpty else { return "No children but the one that answered.\n" }
    var table = TextTable([.right, .left, .left, .left])
    table.append(["PID", "KIND", "PEER", "SENDMAIL SAYS"])
    for child in listed {
      table.append([
        String(child.pid), child.kind.title, HarmlessText.make(child.kind.peer ?? []),
        HarmlessText.make(child.text),
      ])
    }
    return "\n" + table.text()
  }
}

extension ChildKind {
  /// The kind in words.
  fileprivate var title: String {
    switch self {
    case .smtpServer: "SMTP server"
    case .queueRunner: "queue runner"
    case .answeringControl, .control: "control"
    case .other: "other"
    }
  }
}
