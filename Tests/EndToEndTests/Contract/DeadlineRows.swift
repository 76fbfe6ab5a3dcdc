// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Every wait ends within the deadline that was given.
enum DeadlineRows {
  /// The deadline of each row, in seconds.
  private static let deadline = 4
  /// The time after which a run is late: the deadline and what a busy machine may need, and less than
  /// three deadlines.
  private static let limit = Duration.seconds(11)

  static var all: [ContractRow] { exchanges + withPorts + watches + starts }

  /// A row whose run must end in time, with one of these exit statuses.
  private static func row(
    _ id: String, _ words: [String], _ statuses: Set<Int32> = [ExitCode.temporaryFailure],
    lines: [String] = [],
    in situation:
      @escaping @Sendable (ContractPlace, () async throws -> CommandResult) async throws
      -> CommandResult
  ) -> ContractRow {
    ContractRow(id) {
      let place = try ContractPlace(lines: lines)
      let result = try await situation(place) { try await place.run(words, within: limit) }
      if result.ending == nil {
        return [
          "expected it to end about \(deadline) s later, not after \(limit): \(result.description)"
        ]
      }
      return result.violations(ofStatus: statuses)
    }
  }

  private static func timeout(_ words: [String]) -> [String] {
    words + ["--timeout", "\(deadline)"]
  }

  private static let faults: [(name: String, fault: Fault)] = [
    ("silent daemon", .silence), ("full listen queue", .fullListenQueue),
    ("half a reply", .stop(afterBytes: 4)),
    ("a byte at a time", .oneByteAtATime(pause: .milliseconds(900))),
  ]

  private static var exchanges: [ContractRow] {
    let forms = CommandForm.all.filter { $0.needsReply && !$0.words.contains("--wait") }
    return forms.flatMap { form in
      faults.compactMap { name, fault in
        // The four bytes of OK and its line end, and a reply without form, are complete.
        let isShort = ["restart", "shutdown"].contains(form.command)
        if isShort, case .oneByteAtATime = fault { return nil }
        return row("\(name)/\(form.id)", timeout(form.words)) { place, run in
          try await place.withDaemon({ $0.fault = fault }) { _ in try await run() }
        }
      }
    }
      + [
        row("silent daemon/check", timeout(["check", "--query"]), [2]) { place, run in
          try await place.withDaemon({ $0.fault = .silence }) { _ in try await run() }
        },
        row("full listen queue/check", timeout(["check", "--query"]), [2]) { place, run in
          try await place.withDaemon({ $0.fault = .fullListenQueue }) { _ in try await run() }
        },
        row("silent daemon/queues", timeout(["queues", "--daemon"]), [0]) { place, run in
          try await place.withDaemon({ $0.fault = .silence }) { _ in try await run() }
        },
        row("silent daemon/start", timeout(["start", "--sendmail", CommandForm.sendmail])) {
          place, run in
          try await place.withDaemon({
            $0.fault = .silence
            $0.pidFile = nil
          }) { _ in try await run() }
        },
      ]
  }

  /// SMTP ports that take connections and say nothing, which are tried after a missing reply.
  private static var withPorts: [ContractRow] {
    ["status", "mstat"].flatMap { command in
      [("silent daemon", Set<Int32>([75])), ("missing socket", Set<Int32>([69]))].map {
        situation, statuses in
        ContractRow("silent SMTP ports/\(situation)/\(command)") {
          let servers = try (1...3).map { _ in try GreetingServer(greeting: nil) }
          defer { withExtendedLifetime(servers) {} }
          let lines = servers.map { server in
            "O DaemonPortOptions=Name=Port\(server.port), Addr=127.0.0.1, Port=\(server.port)"
          }
          return try await row("", timeout([command]), statuses, lines: lines) { place, run in
            guard statuses == [75] else { return try await run() }
            return try await place.withDaemon({ $0.fault = .silence }) { _ in try await run() }
          }.violations()
        }
      }
    }
  }

  private static func waitTimeout(_ words: [String]) -> [String] {
    words + ["--wait", "--wait-timeout", "\(deadline)"]
  }

  private static var watches: [ContractRow] {
    [
      row("restart --wait/no new daemon", waitTimeout(["restart"])) { place, run in
        try await place.withDaemon({ $0.fault = .restartWithoutReturn }) { _ in try await run() }
      },
      row("restart --wait/a new daemon that is silent", waitTimeout(["restart"])) { place, run in
        try await place.withDaemon { daemon in
          async let silenced: Void = {
            try await daemon.wait(for: .restarting, within: .seconds(120))
            try await daemon.setFault(.silence)
          }()
          let result = try await run()
          try await silenced
          return result
        }
      },
      row("shutdown --wait/a process that stays", waitTimeout(["shutdown"])) { place, run in
        try await place.withDaemon { _ in try await run() }
      },
    ]
  }

  private static var starts: [ContractRow] {
    let start = ["start", "--sendmail", CommandForm.sendmail]
    return [
      row("start --wait/no daemon", waitTimeout(start)) { _, run in try await run() },
      row("start --wait/sendmail hangs", waitTimeout(start)) { place, run in
        try place.directory.write("exec sleep 1000\n", to: "behaviour")
        return try await run()
      },
    ]
  }
}
