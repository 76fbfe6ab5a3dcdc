// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SystemPackage
import SystemSupport
import Testing

@Suite("A thread of its own for what blocks")
struct OwnThreadTests {
  @Test("The function runs on another thread, and its result is returned")
  func runs() async throws {
    let caller = pthread_self()
    #expect(try await OwnThread.run { pthread_equal(pthread_self(), caller) } == 0)
  }

  @Test("Where no thread can be made, the function is not called and the error is thrown")
  func noThread() async {
    let error = await #expect(throws: Errno.self) {
      // No address space has room for such a stack.
      try await OwnThread.run(stackSize: 1 << 60) { Issue.record("called on the caller's thread") }
    }
    #expect(error == .resourceTemporarilyUnavailable)
  }
}
