// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage

/// The daemon that Scripts/bench measures clients with, until the command shutdown or a signal ends it.
///
/// usage: benchmark-daemon {--children COUNT | --memory-dump BYTES} --socket PATH
@main enum BenchmarkDaemon {
  static func main() async throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count == 4, let count = Int(words[1]), words[2] == "--socket" else { refuse() }
    var configuration = DaemonConfiguration(socketPath: FilePath(words[3]))
    switch words[0] {
    case "--children":
      for number in 0..<count {
        configuration.state.addChild(
          .smtpServer(peer: "10.0.\(number / 250).\(number % 250)"),
          processID: 1_000_000 + Int32(number))
      }
    case "--memory-dump": configuration.state.heapReport = HeapReport(ofAbout: count)
    default: refuse()
    }
    try await withControlDaemon(configuration) { _ = await $0.waitUntilStopped() }
  }

  private static func refuse() -> Never {
    FileHandle.standardError.write(
      Data("usage: benchmark-daemon {--children COUNT | --memory-dump BYTES} --socket PATH\n".utf8))
    exit(64)
  }
}
