// SPDX-License-Identifier: GPL-3.0-or-later

import Benchmark
import SendmailControl
import SendmailControlClient
import SendmailControlDaemon

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput], warmupIterations: 1, scalingFactor: .kilo,
    maxDuration: .seconds(5), maxIterations: 50)

  Benchmark("status through the library, sent, read and understood") { benchmark in
    try await withControlDaemon { daemon in
      let client = ControlClient(ControlSocket(path: daemon.socketPath))
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        let reply = try await client.send(.status)
        let identity = DaemonIdentity(listener: reply.end.peer?.processID)
        blackHole(DaemonStatus(try StatusReply(parsing: reply.bytes), identity: identity))
      }
      benchmark.stopMeasurement()
    }
  }
}
