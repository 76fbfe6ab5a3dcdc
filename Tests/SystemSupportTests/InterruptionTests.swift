// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("Signals that are caught")
struct InterruptionTests {
  /// Sends `signal` to this process, and waits until so many bytes lie in the pipe: a thread that is
  /// none of the tests' runs the handler.
  static func send(_ signal: CInt, _ interruption: Interruption, bytes: CInt = 1) async throws {
    kill(getpid(), signal)
    try await eventually("the handler of signal \(signal)") {
      var count: CInt = 0
      return unsafe ioctl(interruption.descriptor, UInt(FIONREAD), &count) == 0 && count == bytes
    }
  }

  // One test, since signals belong to the process; its last leaves one that is never forgotten.
  @Test("A SIGINT is forgotten with all that it left, and forgets no other signal")
  func forgetting() async throws {
    let interruption = Interruption.install()
    defer {
      for signal in [SIGINT, SIGTERM, SIGHUP] { Foundation.signal(signal, SIG_DFL) }
    }
    let (readEnd, writeEnd) = try FileDescriptor.pipe()
    defer { try? readEnd.close() }
    defer { try? writeEnd.close() }
    func wait() throws -> Readiness {
      try Readiness.wait(
        for: readEnd.rawValue, events: CInt(POLLIN), until: nil, interruption: interruption)
    }

    try await Self.send(SIGINT, interruption)
    #expect(interruption.signal == SIGINT)
    #expect(try wait() == .interrupted)
    interruption.clearInterrupt()
    #expect(interruption.signal == nil)

    // As when the handler writes after the signal has been forgotten.
    let late = try FileDescriptor.open(
      FilePath("/proc/self/fd/\(interruption.descriptor)"), .writeOnly, options: .closeOnExec)
    defer { try? late.close() }
    try late.writeAll([0])
    try writeEnd.writeAll([0])
    #expect(try wait() == .ready)

    try late.writeAll([0])
    interruption.clearInterrupt()
    #expect(try wait() == .ready)
    #expect(!Readiness.isReady(interruption.descriptor, for: CInt(POLLIN)))

    try await Self.send(SIGTERM, interruption)
    try await Self.send(SIGINT, interruption, bytes: 2)
    interruption.clearInterrupt()
    #expect(interruption.signal == SIGTERM)
    #expect(try wait() == .interrupted)
  }
}
