// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A pipe that signal handlers write to, so that `poll(2)` notices a signal, also one that comes just
/// before the call.
package final class SignalPipe: Sendable {
  /// The end to wait for: readable after a signal.
  package let descriptor: CInt
  private let writeEnd: CInt

  /// A pipe whose ends do not block, and are closed in programs that are started.
  package init() {
    var ends: [CInt] = [-1, -1]
    if unsafe pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  /// Makes the pipe readable. A signal handler may call it: it calls `write(2)` alone and keeps `errno`.
  package func wake() {
    let saved = errno
    var byte: UInt8 = 0
    _ = unsafe write(writeEnd, &byte, 1)
    errno = saved
  }

  /// Empties the pipe.
  package func drain() {
    var byte: UInt8 = 0
    while unsafe read(descriptor, &byte, 1) == 1 {}
  }
}
