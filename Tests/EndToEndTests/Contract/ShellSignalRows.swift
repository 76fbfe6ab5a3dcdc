// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControlDaemon
import Synchronization
import SystemPackage
import TestSupport

/// Signals for the shell on a terminal, and for a command on a terminal that has been stopped by Ctrl-S.
enum ShellSignalRows {
  static var all: [ContractRow] { shell + stopped }

  private static var shell: [ContractRow] {
    SignalProbe.rows("shell/at the prompt", SignalProbe.ofShell) { signal in
      try await inShell(signal) { _, _, _ in }
    }
      + SignalProbe.rows("shell/at a half-typed line", SignalProbe.ofShell) { signal in
        try await inShell(signal) { terminal, _, _ in
          try await terminal.type("stat")
          try await terminal.waitForLine(last: "stat")
        }
      }
      + SignalProbe.rows("shell/at a question", SignalProbe.ofShell) { signal in
        try await inShell(signal) { terminal, _, _ in
          try await terminal.enter("restart")
          try await terminal.waitForLine(last: "[y/N] ")
        }
      }
      + SignalProbe.rows("shell/waiting for a reply", SignalProbe.ofShell) { signal in
        try await inShell(signal) { terminal, daemon, _ in
          try await daemon.setFault(.silence)
          try await terminal.enter("status")
          try await daemon.waitForConnection()
        }
      }
      + SignalProbe.rows("shell/FIFO", SignalProbe.ofShell) { signal in
        let reader = OpenedFIFO()
        defer { reader.close() }
        return try await inShell(signal, StallRows.fill) { terminal, _, place in
          let fifo = place.directory["fifo"]
          try reader.make(fifo)
          try await terminal.enter("status > fifo")
          try await eventually("the FIFO to be full") { UnreadPipe.isFull(fifo) }
          try await ProcessFacts(processID: terminal.processID).waitUntilBlocked()
        }
      }
      + SignalProbe.rows("shell/sendmail hangs", SignalProbe.ofShell) { signal in
        try await inShell(signal) { terminal, daemon, place in
          try place.directory.write("exec sleep 1000\n", to: "behaviour")
          await daemon.shutdown()
          try await terminal.enter("start --sendmail '\(CommandForm.sendmail)'")
          try await eventually("the start of sendmail") { !place.startedSendmails.isEmpty }
        }
      }
  }

  private static var stopped: [ContractRow] {
    [("shell at the prompt", "x"), ("shell with a line", "status\r")].flatMap { id, keys in
      SignalProbe.rows("stopped terminal/\(id)", SignalProbe.ofShell) { signal in
        try await inShell(signal) { terminal, _, _ in
          let facts = ProcessFacts(processID: terminal.processID)
          try await facts.waitUntilBlocked()
          let before = facts.wakeups
          // What is typed after Ctrl-S wakes the shell, which cannot show it.
          try await terminal.type("\u{13}\(keys)")
          try await facts.waitUntilBlocked(after: before)
        }
      }
    }
      + SignalProbe.rows("stopped terminal/status") { signal in
        let place = try ContractPlace()
        return try await place.withDaemon(StallRows.fill) { daemon in
          try await TerminalSession.run(
            "/bin/sh",
            [
              "-c", "read -r line; exec \"$0\" status --no-pager", BuiltBinaries.smcontrol.string,
            ],
            environment: place.environment(), workingDirectory: place.directory.path
          ) { terminal in
            try await terminal.type("\u{13}\r")
            try await daemon.waitForReply()
            try await ProcessFacts(processID: terminal.processID).waitUntilBlocked()
            return try await SignalProbe.violations(after: signal, on: terminal)
          }
        }
      }
  }

  /// Runs the shell, does `prepare` at its first prompt, and sends the signal.
  private static func inShell(
    _ signal: Int32, _ configure: (inout DaemonConfiguration) -> Void = { _ in },
    _ options: [String] = [],
    prepare: (TerminalSession, ControlDaemon, ContractPlace) async throws -> Void
  ) async throws -> [String] {
    let place = try ContractPlace()
    return try await place.withDaemon(configure) { daemon in
      try await ShellRun.run(
        options, home: place.directory, environment: place.environment()
      ) { terminal in
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await prepare(terminal, daemon, place)
        return try await SignalProbe.violations(after: signal, on: terminal)
      }
    }
  }
}

/// The reading end of a FIFO that no one reads.
private final class OpenedFIFO: Sendable {
  private let descriptor = Mutex<FileDescriptor?>(nil)

  /// Makes the FIFO and opens it.
  func make(_ path: FilePath) throws {
    _ = unsafe mkfifo(path.string, 0o600)
    let reader = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
    descriptor.withLock { $0 = reader }
  }

  func close() {
    try? descriptor.withLock { $0 }?.close()
  }
}
