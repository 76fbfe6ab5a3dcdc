// SPDX-License-Identifier: GPL-3.0-or-later

import Benchmark
import SendmailControl
import SendmailControlDaemon
import SystemPackage

/// Runs `body` with the path of a daemon's socket.
private func withDaemon(_ body: (String) throws -> Void) async throws {
  try await withControlDaemon { try body($0.socketPath.string) }
}

/// A request, its buffer, and the shortest reply that can be right.
private let request = ControlCommand.status.requestBytes
private let shortestReply = 40

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput, .cpuTotal], warmupIterations: 1,
    maxDuration: .seconds(10), maxIterations: 50)

  // The goal is a throughput of 10,000 requests a second (10 K) on one core: run it under
  // `taskset -c 0`, which puts the client on the same core as the daemon.
  Benchmark(
    "status requests, one connection each",
    configuration: .init(scalingFactor: .kilo)
  ) { benchmark in
    try await withDaemon { path in
      var buffer = [UInt8](repeating: 0, count: 4096)
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        guard try BlockingClient(path).exchange(request, &buffer) >= shortestReply else {
          return benchmark.error("a reply was too short")
        }
      }
      benchmark.stopMeasurement()
    }
  }

  Benchmark(
    "1,000 connections held at once, then answered",
    configuration: .init(scalingFactor: .one)
  ) { benchmark in
    try await withDaemon { path in
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      benchmark.startMeasurement()
      var connections = try (0..<1000).map { _ in try HeldConnection(path) }
      while let connection = connections.popLast() {
        guard try connection.client.exchange(request, &buffer) >= shortestReply else {
          return benchmark.error("a reply was too short")
        }
      }
      benchmark.stopMeasurement()
    }
  }
}

/// A connection that an array can hold.
private final class HeldConnection {
  let client: BlockingClient

  init(_ path: String) throws(BlockingClient.Failure) {
    client = try BlockingClient(path)
  }
}
