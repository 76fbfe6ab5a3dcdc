// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Signals while no one reads what smcontrol writes.
enum StallRows {
  static var all: [ContractRow] { longOutput + anyOutput + outputFile + errors }

  /// Lets so many children in that no pipe holds a status of them.
  static func fill(_ configuration: inout DaemonConfiguration) { fill(&configuration, 3000) }

  /// Lets so many children in.
  static func fill(_ configuration: inout DaemonConfiguration, _ count: Int) {
    for number in 0..<count {
      configuration.state.processes.enter(
        .smtpServer(pid: 2_000_000 + Int32(number), peer: "192.0.2.\(number % 200)"))
    }
  }

  /// More output than a pipe holds: a part of it has been written.
  private static var longOutput: [ContractRow] {
    [
      "status", "status --format terminal", "status --format json", "status --format raw", "mstat",
      "send status",
    ].flatMap { line in
      pipes("full pipe", line) { signal, blocks in
        let place = try ContractPlace()
        let pipe = try UnreadPipe(isFull: false, blocks: blocks)
        defer { pipe.close() }
        return try await place.withDaemon(fill) { _ in
          try await SignalProbe.violations(
            after: signal, line.split(separator: " ").map(String.init), in: place,
            output: pipe.writingEnd
          ) { program in
            try await eventually("the pipe to be full") { pipe.isFull }
            try await ProcessFacts(processID: program.processID).waitUntilBlocked()
          }
        }
      }
    }
  }

  /// The rows for a pipe in which a write waits for room, and for one in which it fails instead.
  private static func pipes(
    _ pipe: String, _ line: String,
    violations: @escaping @Sendable (_ signal: Int32, _ blocks: Bool) async throws -> [String]
  ) -> [ContractRow] {
    [("", true), (" that does not block", false)].flatMap { name, blocks in
      SignalProbe.rows("\(pipe)\(name)/\(line)") { try await violations($0, blocks) }
    }
  }

  /// A pipe that is full before: nothing of the output has been written.
  private static var anyOutput: [ContractRow] {
    [
      ("status", true), ("help --daemon", true), ("help", false), ("memdump", true),
      ("restart", true),
      ("status --passive", false), ("config", false), ("queues", false), ("stats", false),
      ("audit", false),
      ("help status", false),
    ].flatMap { line, asks in
      pipes("pipe full before", line) { signal, blocks in
        let place = try ContractPlace()
        let pipe = try UnreadPipe(isFull: true, blocks: blocks)
        defer { pipe.close() }
        return try await place.withDaemon { daemon in
          try await SignalProbe.violations(
            after: signal, line.split(separator: " ").map(String.init), in: place,
            output: pipe.writingEnd
          ) { program in
            if asks { try await daemon.waitForReply() }
            try await ProcessFacts(processID: program.processID).waitUntilBlocked()
          }
        }
      }
    }
  }

  /// `> FILE` of the shell, where the file is a FIFO.
  private static var outputFile: [ContractRow] {
    SignalProbe.rows("FIFO/-e status") { signal in
      let place = try ContractPlace()
      let fifo = place.directory["fifo"]
      _ = unsafe mkfifo(fifo.string, 0o600)
      let reader = try FileDescriptor.open(
        fifo, .readOnly, options: [.nonBlocking, .closeOnExec])
      defer { try? reader.close() }
      return try await place.withDaemon(fill) { _ in
        try await SignalProbe.violations(
          after: signal, ["-e", "status > fifo", "-e", "status"], in: place
        ) { program in
          try await eventually("the FIFO to be full") { UnreadPipe.isFull(fifo) }
          try await ProcessFacts(processID: program.processID).waitUntilBlocked()
        }
      }
    }
  }

  /// Standard error that is full before.
  private static var errors: [ContractRow] {
    let failing = CommandForm.all.filter(\.needsReply).map { ($0.id, $0.words) }
    return (failing + [("bad option", ["status", "--bogus"]), ("-v", ["-v", "status"])])
      .flatMap { id, words in
        SignalProbe.rows("standard error full before/\(id)") { signal in
          let place = try ContractPlace()
          let pipe = try UnreadPipe(isFull: true)
          defer { pipe.close() }
          return try await SignalProbe.violations(
            after: signal, words, in: place, error: pipe.writingEnd
          ) { program in
            try await ProcessFacts(processID: program.processID).waitUntilBlocked()
          }
        }
      }
  }
}
