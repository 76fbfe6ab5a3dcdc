// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import Testing

// The article "Monitoring a daemon".

func monitor(
  _ client: ControlClient, every interval: Duration, report: (String) -> Void
) async {
  for await result in client.statuses(every: interval) {
    switch result {
    case .success(let status):
      let isFull = status.maximumChildren.map { status.childCount >= $0 } == true
      report(isFull ? "full" : "\(status.daemon?.title ?? "unknown")")
    case .failure(let error):
      switch error.meaning {
      case .down: report("down")
      case .hanging: report("hanging")
      default: report("\(error)")
      }
    }
  }
}

@Suite("Monitoring a daemon")
struct MonitorTests {
  @Test("A daemon that accepts, is full, hangs and is gone", .timeLimit(.minutes(5)))
  func states() async throws {
    try await withControlDaemon { daemon in
      let client = ControlClient(
        ControlSocket(path: daemon.socketPath), timeout: .milliseconds(500))
      let (reports, continuation) = AsyncStream.makeStream(of: String.self)
      let task = Task {
        await monitor(client, every: .milliseconds(5)) { continuation.yield($0) }
      }
      defer { task.cancel() }
      var iterator = reports.makeAsyncIterator()
      func wait(for report: String) async {
        while let next = await iterator.next(), next != report {}
      }
      await wait(for: "accepting connections")
      daemon.update { state in
        state.maximumChildren = 1
        state.addChild(.queueRunner)
      }
      await wait(for: "full")
      try await daemon.setFault(.silence)
      await wait(for: "hanging")
      await daemon.shutdown()
      await wait(for: "down")
    }
  }
}
