// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SystemPackage

/// The standard input of a program that may end without reading it.
///
/// Subprocess can write to a program itself, but ends the whole process when that fails. A pair of
/// sockets in place of a pipe, because those can be made so that programs started meanwhile do not
/// inherit them, and be written to without SIGPIPE.
struct InputPipe: Sendable {
  /// The end that the program reads from.
  let readingEnd: FileDescriptor
  private let writingEnd: HarnessSocket

  /// Makes a pair that is written to until `deadline` at most.
  init(deadline: ContinuousClock.Instant) throws {
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else {
      throw HarnessError("socketpair", "(no path)", .current)
    }
    readingEnd = FileDescriptor(rawValue: ends[0])
    writingEnd = HarnessSocket(descriptor: FileDescriptor(rawValue: ends[1]), deadline: deadline)
  }

  /// Writes `bytes`; throws `Errno` when no one reads them.
  func send(_ bytes: [UInt8]) throws {
    try writingEnd.send(bytes)
  }

  /// Writes `bytes` and ends the input. A program that takes no more of them is no error.
  func write(_ bytes: [UInt8]) async throws {
    try await blocking { [writingEnd] in
      defer { writingEnd.close() }
      do {
        try writingEnd.send(bytes)
      } catch Errno.brokenPipe {
        return
      } catch Errno.connectionReset {
        return
      }
    }
  }
}
