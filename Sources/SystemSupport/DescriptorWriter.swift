// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization
package import SystemPackage

/// Writes to a descriptor that others may share, and never blocks in `write(2)`: what waits for a
/// reader is a `poll(2)`, which a signal ends.
///
/// No flag of the descriptor is changed, since those belong to all that share it.
package final class DescriptorWriter: Sendable {
  /// True if it leads to a terminal.
  package let isTerminal: Bool
  private let descriptor: FileDescriptor
  private let way: Way
  private let interruption: Interruption
  private let forgetsInterrupt: Bool
  private let failed = Atomic<Bool>(false)

  /// True once something could not be written, or a write was interrupted.
  package var hasFailed: Bool { failed.load(ordering: .relaxed) }

  /// The way of writing.
  private enum Way {
    /// A regular file or a device, which takes all that it is given.
    case file
    /// A terminal or a pipe, opened a second time so that it does not block.
    case own
    /// A terminal that cannot be opened a second time.
    case sharedTerminal
    /// A pipe that cannot be opened a second time, or need not.
    case sharedPipe
    case socket
  }

  /// A writer to `descriptor`, which the caller closes.
  ///
  /// `interruption` ends a wait for a reader. `forgetsInterrupt` is true if a SIGINT is meant for
  /// the reader and does not end the wait.
  package init(
    _ descriptor: FileDescriptor, interruption: Interruption, forgetsInterrupt: Bool = false
  ) {
    self.interruption = interruption
    self.forgetsInterrupt = forgetsInterrupt
    isTerminal = isatty(descriptor.rawValue) != 0
    var status = stat()
    let kind = unsafe fstat(descriptor.rawValue, &status) == 0 ? status.st_mode & S_IFMT : 0
    let flags = fcntl(descriptor.rawValue, F_GETFL)
    let isPipe = kind == S_IFIFO
    if isTerminal || (isPipe && flags & O_NONBLOCK == 0), flags & O_ACCMODE != O_RDONLY,
      let own = Self.open(descriptor)
    {
      self.descriptor = own
      way = .own
    } else {
      self.descriptor = descriptor
      way =
        switch kind {
        case S_IFIFO: .sharedPipe
        case S_IFSOCK: .socket
        default: isTerminal ? .sharedTerminal : .file
        }
    }
  }

  deinit {
    if case .own = way { try? descriptor.close() }
  }

  /// Writes all of `bytes`. What can be written at once is written even after a signal.
  ///
  /// - Throws: `Errno`; `interrupted` when a signal came and there was no reader.
  package func write(_ bytes: ArraySlice<UInt8>) throws(Errno) {
    do {
      try writeAll(bytes)
    } catch {
      failed.store(true, ordering: .relaxed)
      throw error
    }
  }

  private func writeAll(_ bytes: ArraySlice<UInt8>) throws(Errno) {
    var rest = bytes
    var wasRefused = false
    while !rest.isEmpty {
      if chunk != nil { try waitForRoom() }
      do {
        rest = rest.dropFirst(try writeOnce(rest.prefix(chunk ?? .max)))
        wasRefused = false
      } catch .resourceTemporarilyUnavailable {
        // A terminal with room for one byte has none for a line feed, which becomes two.
        if wasRefused { try pause() }
        wasRefused = true
        try waitForRoom()
      } catch .interrupted {
        guard !interruption.hasHappened || chunk != nil else { throw .interrupted }
      }
    }
  }

  /// The number of bytes to write after `poll(2)` has reported room; `nil` where `write(2)` does not
  /// block anyway.
  private var chunk: Int? {
    switch way {
    case .file, .own, .socket: nil
    // A pipe that is ready has room for as much, unless another process fills it meanwhile.
    case .sharedPipe: Int(PIPE_BUF)
    // Nothing says how much room there is, but it is seldom less.
    case .sharedTerminal: 64
    }
  }

  /// `write(2)` or `send(2)`. Returns how many bytes were taken.
  private func writeOnce(_ bytes: ArraySlice<UInt8>) throws(Errno) -> Int {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      if case .socket = way {
        let flags = CInt(MSG_DONTWAIT | MSG_NOSIGNAL)
        return unsafe send(descriptor.rawValue, buffer.baseAddress, buffer.count, flags)
      }
      return unsafe Glibc.write(descriptor.rawValue, buffer.baseAddress, buffer.count)
    }
    if count < 0 { throw Errno(rawValue: errno) }
    return count
  }

  private func waitForRoom() throws(Errno) {
    if Readiness.isReady(descriptor.rawValue, for: POLLOUT) { return }
    try wait(for: descriptor.rawValue, until: nil)
  }

  private func pause() throws(Errno) {
    try wait(for: -1, until: Deadline(after: .milliseconds(10)))
  }

  private func wait(for descriptor: CInt, until deadline: Deadline?) throws(Errno) {
    while case .interrupted = try Readiness.wait(
      for: descriptor, events: POLLOUT, until: deadline, interruption: interruption)
    {
      guard forgetsInterrupt, !interruption.isTermination else { throw .interrupted }
      interruption.clearInterrupt()
    }
  }

  /// Returns a second open file for the object of `descriptor`, of our own, that does not block; `nil`
  /// when there can be none.
  private static func open(_ descriptor: FileDescriptor) -> FileDescriptor? {
    let flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    var opened = unsafe Glibc.open("/proc/self/fd/\(descriptor.rawValue)", flags)
    if opened < 0, tcgetsid(descriptor.rawValue) >= 0 {
      // After su(1) the terminal's file belongs to another user, but the terminal of our session is ours.
      opened = unsafe Glibc.open("/dev/tty", flags)
    }
    return opened < 0 ? nil : FileDescriptor(rawValue: opened)
  }
}
