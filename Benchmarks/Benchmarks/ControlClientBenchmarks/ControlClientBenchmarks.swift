// SPDX-License-Identifier: GPL-3.0-or-later

import Benchmark
import Foundation
import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import SystemPackage

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput], warmupIterations: 1, scalingFactor: .kilo,
    maxDuration: .seconds(5), maxIterations: 50)

  Benchmark("status through the library, sent, read and understood") { benchmark in
    let directory = "/tmp/smb\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var configuration = DaemonConfiguration(socketPath: "\(directory)/ctl")
    configuration.pathCheck = .none
    try await withControlDaemon(configuration) { _ in
      let client = ControlClient(path: FilePath("\(directory)/ctl"))
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        let reply = try client.send(.status)
        let identity = DaemonIdentity(listener: reply.end.peer?.processID)
        blackHole(DaemonStatus(try StatusReply(parsing: reply.bytes), identity: identity))
      }
      benchmark.stopMeasurement()
    }
  }
}
