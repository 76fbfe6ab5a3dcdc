// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import Testing

// The article "Testing with faults", and the example of docs/libraries.md.

@Suite("Testing with faults")
struct FaultTests {
  @Test("The example of docs/libraries.md")
  func libraries() async throws {
    try await withControlDaemon { daemon in
      daemon.update { state in
        state.maximumChildren = 10
        state.addChild(.smtpServer(peer: "192.0.2.1"))
      }
      // … what is tested connects to daemon.socketPath, or reads daemon.configurationFile …
      #expect(await check(daemon.configurationFile).exitCode == 0)
      let request = try await daemon.nextRequest()
      try await daemon.withFault(.silence, connections: 1) {
        // … the first connection hangs, the second does not …
        let hasty = ControlClient(
          ControlSocket(path: daemon.socketPath), timeout: .milliseconds(300))
        let error = await #expect(throws: ControlError.self) { try await hasty.status() }
        #expect(error?.meaning == .hanging)
        #expect(await check(daemon.configurationFile).exitCode == 0)
      }
      #expect(request.command == .status)
    }
  }

  @Test("A fault for one connection")
  func oneConnection() async throws {
    try await withControlDaemon { daemon in
      try await daemon.withFault(.closeAtOnce, connections: 1) {
        #expect(await check(daemon.configurationFile).exitCode == 2)
        #expect(await check(daemon.configurationFile).exitCode == 0)
      }
    }
  }

  @Test("The request is recorded")
  func request() async throws {
    try await withControlDaemon { daemon in
      _ = await check(daemon.configurationFile)
      let request = try await daemon.nextRequest()
      #expect(request.command == .status)
    }
  }

  @Test("The daemon's state")
  func state() async throws {
    try await withControlDaemon { daemon in
      let child = daemon.update { $0.addChild(.smtpServer(peer: "192.0.2.1")) }
      #expect(await check(daemon.configurationFile).text == "accepting connections, 1 children")
      daemon.update { $0.removeChild(child) }
      daemon.update { $0.title = "rejecting new messages: min free: 100" }
      #expect(await check(daemon.configurationFile).exitCode == 1)
    }
  }
}
