// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlClient
import SendmailControlDaemon
import SystemPackage
import Testing

@Suite("The client's async calls")
struct AsyncClientTests {
  @Test("A status, the help, and a restart that completes")
  func commands() async throws {
    try await withControlDaemon { daemon in
      let client = ControlClient(try ControlSocket(configuration: daemon.configurationFile))
      let status = try await client.status()
      #expect(status.daemon?.condition == .accepting)
      #expect(status.children.isEmpty)
      #expect(try await client.statusWithQueues().queues != .notReported)
      #expect(try await client.send(line: "bogus").bytes.starts(with: "Bad command".utf8))
      let restarted = try await client.restart().completed(within: .seconds(60))
      #expect(restarted.unreachable >= .zero)
      var statuses = client.statuses(every: .milliseconds(1)).makeAsyncIterator()
      #expect(try await statuses.next()?.get().daemon != nil)
      #expect(try await statuses.next()?.get().daemon != nil)
    }
  }

  @Test("With 64 tasks against a hung daemon other tasks run, and all end at the deadline")
  func concurrency() async throws {
    try await withControlDaemon { daemon in
      try await daemon.setFault(.silence)
      let client = ControlClient(ControlSocket(path: daemon.socketPath), timeout: .seconds(2))
      await withTaskGroup(of: ControlError.Meaning?.self) { group in
        for _ in 0..<64 { group.addTask { await Self.failure(client)?.meaning } }
        // While they wait, no task waits for them.
        for _ in 0..<20 { try? await Task.sleep(for: .milliseconds(10)) }
        #expect(!group.isEmpty)
        var meanings: [ControlError.Meaning?] = []
        for await meaning in group { meanings.append(meaning) }
        #expect(meanings == Array(repeating: .hanging, count: 64))
      }
    }
  }

  @Test("Cancellation ends a call long before its deadline, and leaves no descriptor")
  func cancellation() async throws {
    try await withControlDaemon { daemon in
      for fault in [Fault.silence, .fullListenQueue] {
        try await daemon.setFault(fault)
        let client = ControlClient(ControlSocket(path: daemon.socketPath), timeout: .seconds(600))
        let failures = await withTaskGroup(of: ControlError?.self) { group in
          for _ in 0..<16 { group.addTask { await Self.failure(client) } }
          try? await Task.sleep(for: .milliseconds(50))
          group.cancelAll()
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures.allSatisfy { $0?.code == .cancelled })
        #expect(failures.allSatisfy { $0?.received == 0 })
      }
    }
  }

  @Test("A request that was not accepted was not sent; one that was accepted may be carried out")
  func sending() async throws {
    try await withControlDaemon { daemon in
      let client = ControlClient(
        ControlSocket(path: daemon.socketPath), timeout: .milliseconds(300))
      try await daemon.setFault(.silence)
      await #expect(throws: ControlError.self) { try await client.shutdown() }
      do throws(ControlError) {
        _ = try await client.shutdown()
        Issue.record("a silent daemon acknowledged")
      } catch {
        #expect(error.code == .deadlinePassed)
        #expect(error.requestWasSent)
      }
      try await daemon.setFault(.fullListenQueue)
      do throws(ControlError) {
        _ = try await client.shutdown()
        Issue.record("a daemon that accepts nothing acknowledged")
      } catch {
        #expect(!error.requestWasSent)
      }
    }
  }

  @Test("A socket that sendmail.cf does not name, and a file that cannot be read")
  func configuration() throws {
    let none = #expect(throws: ControlError.self) {
      try ControlSocket(configuration: "/nonexistent/sendmail.cf")
    }
    #expect(none?.code == .noConfiguration)
    #expect(none?.meaning == .notConfigured)
  }

  private static func failure(_ client: ControlClient) async -> ControlError? {
    do throws(ControlError) {
      _ = try await client.status()
      return nil
    } catch {
      return error
    }
  }
}
