// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Signals while smcontrol waits for something else than its output and its programs.
enum SignalRows {
  static var all: [ContractRow] {
    connecting + waiting + halfReply + watching + starting + probing + reading + script
  }

  /// A large configuration file, of many lines and of one.
  private static var reading: [ContractRow] {
    let (lines, line) = ("O LogLevel=9\n", "x")
    return [
      ("many lines/status", lines, SignalProbe.all),
      ("many lines/config", lines, SignalProbe.ofShell),
      ("many lines/audit", lines, SignalProbe.ofShell),
      ("one line/status", line, SignalProbe.ofShell),
    ].flatMap { id, unit, signals in
      SignalProbe.rows("reading the configuration, \(id)", signals) { signal in
        let place = try ContractPlace()
        let text = String(repeating: unit, count: 60_000_000 / unit.utf8.count)
        try place.directory.write("V10/Berkeley\nDA" + text, to: "sendmail.cf")
        let command = String(id.split(separator: "/")[1])
        return try await SignalProbe.violations(after: signal, [command], in: place) { program in
          try await eventually("most of the file to be read") {
            ProcessFacts(processID: program.processID).readBytes > 30_000_000
              || program.ending != nil
          }
        }
      }
    }
  }

  /// Forms that ask a daemon before they do anything else.
  private static let asking = CommandForm.all.filter {
    $0.needsReply || $0.command == "start" || ["queues --daemon", "check --query"].contains($0.id)
  }

  private static var connecting: [ContractRow] {
    asking.flatMap { form in
      SignalProbe.rows("connecting/\(form.id)") { signal in
        let place = try ContractPlace()
        return try await place.withDaemon({
          $0.fault = .fullListenQueue
          // start would find the daemon by its PID file, without a connection.
          $0.pidFile = nil
        }) { _ in
          try await SignalProbe.violations(after: signal, form.words, in: place) { program in
            // From then on it tries again and again to find a place in the queue.
            let facts = ProcessFacts(processID: program.processID)
            try await eventually("smcontrol to connect") { facts.hasSocket }
          }
        }
      }
    }
  }

  private static var waiting: [ContractRow] {
    asking.flatMap { form in
      SignalProbe.rows("waiting for a reply/\(form.id)") { signal in
        let place = try ContractPlace()
        return try await place.withDaemon({
          $0.fault = .silence
          $0.pidFile = nil
        }) { daemon in
          try await SignalProbe.violations(after: signal, form.words, in: place) { _ in
            try await daemon.waitForConnection()
          }
        }
      }
    }
  }

  private static var halfReply: [ContractRow] {
    ["status", "memdump", "memdump --output"].compactMap(CommandForm.named).flatMap { form in
      SignalProbe.rows("in the middle of a reply/\(form.id)") { signal in
        let place = try ContractPlace()
        return try await place.withDaemon({ $0.fault = .stop(afterBytes: 4) }) { daemon in
          var violations = Violations()
          violations.add(
            try await SignalProbe.violations(after: signal, form.words, in: place) { program in
              _ = await daemon.requests.first { _ in true }
              try await ProcessFacts(processID: program.processID).waitUntilBlocked()
            })
          let files = try place.fileNames()
          violations.require(
            !files.contains { $0.contains("dump") }, "expected no file to be left: \(files)")
          return violations.list
        }
      }
    }
  }

  private static var watching: [ContractRow] {
    SignalProbe.rows("restart --wait") { signal in
      let place = try ContractPlace()
      return try await place.withDaemon({ $0.fault = .restartWithoutReturn }) { daemon in
        try await SignalProbe.violations(after: signal, ["restart", "--wait"], in: place) { _ in
          try await daemon.wait(for: .restarting, within: .seconds(120))
        }
      }
    }
      + SignalProbe.rows("shutdown --wait") { signal in
        let place = try ContractPlace()
        return try await place.withDaemon { daemon in
          // The process that is to go is that of the tests.
          try await SignalProbe.violations(after: signal, ["shutdown", "--wait"], in: place) { _ in
            try await daemon.wait(for: .stopped(.command), within: .seconds(120))
          }
        }
      }
      + SignalProbe.rows("start --wait") { signal in
        let place = try ContractPlace()
        return try await SignalProbe.violations(
          after: signal, ["start", "--wait", "--sendmail", CommandForm.sendmail], in: place
        ) { program in
          try await eventually("the end of sendmail") {
            !place.startedSendmails.isEmpty && program.remainingProcesses().count == 1
          }
        }
      }
  }

  private static var starting: [ContractRow] {
    [
      ("start", ["start", "--sendmail", CommandForm.sendmail]),
      ("start --wait", ["start", "--wait", "--sendmail", CommandForm.sendmail]),
      ("-e start", ["-e", "start --sendmail '\(CommandForm.sendmail)'"]),
    ].flatMap { id, words in
      SignalProbe.rows("sendmail hangs/\(id)") { signal in
        let place = try ContractPlace()
        try place.directory.write("exec sleep 1000\n", to: "behaviour")
        return try await SignalProbe.violations(after: signal, words, in: place) { _ in
          try await eventually("the start of sendmail") { !place.startedSendmails.isEmpty }
        }
      }
    }
  }

  private static var probing: [ContractRow] {
    ["status", "mstat"].flatMap { command in
      SignalProbe.rows("probing an SMTP port/\(command)") { signal in
        let server = try GreetingServer(greeting: nil)
        defer { withExtendedLifetime(server) {} }
        let place = try ContractPlace(
          lines: ["O DaemonPortOptions=Name=Silent, Addr=127.0.0.1, Port=\(server.port)"])
        return try await SignalProbe.violations(after: signal, [command], in: place) {
          try server.hasClient
        }
      }
    }
  }

  private static var script: [ContractRow] {
    SignalProbe.rows("script/waiting for a line") { signal in
      let place = try ContractPlace()
      let pipe = try UnreadPipe(isFull: false)
      defer { pipe.close() }
      return try await SignalProbe.violations(
        after: signal, [], in: place, input: pipe.readingEnd
      ) { program in
        try await ProcessFacts(processID: program.processID).waitUntilBlocked()
      }
    }
      + [
        ("-e", ["-e", "status", "-e", "status"]),
        ("-e --keep-going", ["--keep-going", "-e", "status", "-e", "status"]),
      ].flatMap { id, words in
        SignalProbe.rows("script/waiting for a reply/\(id)") { signal in
          let place = try ContractPlace()
          return try await place.withDaemon({ $0.fault = .silence }) { daemon in
            try await SignalProbe.violations(after: signal, words, in: place) { _ in
              try await daemon.waitForConnection()
            }
          }
        }
      }
      // A SIGINT that the program survives is the program's own matter.
      + SignalProbe.ofShell.map { signal in
        ContractRow("script/from the program of a line/\(signal.name)") {
          let place = try ContractPlace()
          return try await place.withDaemon { daemon in
            let result = try await place.run([
              "-e", "status | sh -c 'cat >/dev/null; kill -\(signal.number) $PPID'", "-e", "mstat",
            ])
            let requests = try await daemon.eventsSoFar(at: place.socket).requests
            var violations = Violations()
            violations.add(result.violations(ofStatus: [ExitCode.interrupted]))
            violations.require(
              requests == ["status\n"], "expected no line after the signal: \(requests)")
            return violations.list
          }
        }
      }
  }
}
