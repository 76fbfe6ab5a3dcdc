// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("What a signal handler writes to")
struct SignalPipeTests {
  @Test("A pipe is readable from a wake to a drain, and never blocks, however full it is")
  func pipe() {
    let pipe = SignalPipe()
    #expect(!Readiness.isReady(pipe.descriptor, for: CInt(POLLIN)))
    // More than any pipe holds.
    for _ in 0..<2_000_000 { pipe.wake() }
    #expect(Readiness.isReady(pipe.descriptor, for: CInt(POLLIN)))
    pipe.drain()
    #expect(!Readiness.isReady(pipe.descriptor, for: CInt(POLLIN)))
    pipe.drain()
    pipe.wake()
    #expect(Readiness.isReady(pipe.descriptor, for: CInt(POLLIN)))
  }

  @Test("A wake keeps errno, and a program that is started does not get the pipe")
  func handler() {
    let pipe = SignalPipe()
    errno = ENOTEMPTY
    pipe.wake()
    #expect(errno == ENOTEMPTY)
    #expect(fcntl(pipe.descriptor, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test("An action is read as it was installed")
  func actions() throws {
    // No other test has a use for this signal.
    let signal = SIGSTKFLT
    let before = try #require(sigaction(of: signal))
    #expect(!before.isIgnored)
    sigaction(handler: SIG_IGN).install(for: signal)
    #expect(sigaction(of: signal)?.isIgnored == true)
    sigaction { _ in }.install(for: signal)
    #expect(sigaction(of: signal)?.isIgnored == false)
    raise(signal)
    before.install(for: signal)
    #expect(sigaction(of: 1000) == nil)
  }
}
