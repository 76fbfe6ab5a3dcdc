// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import SendmailControlDaemon
import SystemPackage

/// The side of the daemon: a process of its own, so that each side's descriptors and memory can be
/// counted. It reads a ``DaemonChange`` a line from standard input, makes it and answers with a line.
struct SoakDaemonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daemon", abstract: "Be the daemon that is soaked.", shouldDisplay: false)

  @Option(help: "Where to listen.") var socket: String

  /// Standard input, read by a thread of its own: the daemon needs those that tasks share.
  private var lines: AsyncStream<String> {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    _ = Threads(1) { _ in
      while let line = readLine() { continuation.yield(line) }
      continuation.finish()
    }
    return lines
  }

  func run() async throws {
    var configuration = DaemonConfiguration(socketPath: FilePath(socket))
    configuration.makesDirectory = false
    // The events would grow with the exchanges.
    configuration.eventHistory = 100
    try await withControlDaemon(configuration) { daemon in
      say("ready")
      for await line in lines {
        try await JSONDecoder().decode(DaemonChange.self, from: Data(line.utf8)).apply(to: daemon)
        say("done")
      }
    }
  }

  /// Not with `print`: its buffer and that of standard input share a lock when they are flushed.
  private func say(_ word: String) {
    FileHandle.standardOutput.write(Data("\(word)\n".utf8))
  }
}
