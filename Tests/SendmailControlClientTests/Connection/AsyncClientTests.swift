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

  @Test("64 tasks wait for a hung daemon at once, and cancellation ends all of them")
  func concurrency() async throws {
    try await withControlDaemon { daemon in
      try await daemon.setFault(.silence)
      let client = ControlClient(ControlSocket(path: daemon.socketPath), timeout: .seconds(600))
      let failures = try await withThrowingTaskGroup(of: ControlError?.self) { group in
        for _ in 0..<64 { group.addTask { await Self.failure(client) } }
        // Calls that block the threads of all tasks would connect a few at a time, and no more.
        var accepted = 0
        try await daemon.wait(
          for: { event in
            if case .accepted = event { accepted += 1 }
            return accepted == 64
          }, within: .seconds(120))
        group.cancelAll()
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(failures.count == 64)
      #expect(failures.allSatisfy { $0?.code == .cancelled && $0?.received == 0 })
    }
  }

  @Test(
    "Calls end at their deadline, and cancellation ends one that waits for a place in the queue")
  func hanging() async throws {
    try await withControlDaemon { daemon in
      try await daemon.setFault(.silence)
      let brief = ControlClient(ControlSocket(path: daemon.socketPath), timeout: .milliseconds(200))
      #expect(await Self.failure(brief)?.meaning == .hanging)
      try await daemon.setFault(.fullListenQueue)
      let patient = ControlClient(ControlSocket(path: daemon.socketPath), timeout: .seconds(600))
      let task = Task { await Self.failure(patient) }
      task.cancel()
      #expect(await task.value?.code == .cancelled)
    }
  }

  @Test("A request that was not accepted was not sent; one that was accepted may be carried out")
  func sending() async throws {
    try await withControlDaemon { daemon in
      let client = ControlClient(
        ControlSocket(path: daemon.socketPath), timeout: .milliseconds(300))
      try await daemon.setFault(.silence)
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
