// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization
internal import SystemPackage

/// The two threads of a session: one reads, one waits for the program's end.
extension TerminalSession {
  /// Reads all that the program writes, until it has ended and everything it wrote is read.
  func readAll(output: FileDescriptor?, error: FileDescriptor?) {
    var streams: [(descriptor: FileDescriptor, keep: (inout State, [UInt8]) -> Void)] = [
      (
        terminal.emulator,
        { state, bytes in
          state.transcript += bytes
          state.screen.feed(bytes)
        }
      )
    ]
    if let output { streams.append((output, { $0.output += $1 })) }
    if let error { streams.append((error, { $0.error += $1 })) }
    var hasEnded = false
    while true {
      if !hasEnded, state.withLock({ $0.termination != nil }) {
        // From now on nothing new comes, unless the program has left others.
        hasEnded = true
        try? terminal.line.close()
      }
      if hangUpIfAsked() { streams.removeAll { $0.descriptor == terminal.emulator } }
      let ready = wait(for: streams.map(\.descriptor), block: !hasEnded)
      for index in ready.reversed() {
        guard let bytes = read(streams[index].descriptor) else {
          streams.remove(at: index)
          continue
        }
        state.withLock { streams[index].keep(&$0, bytes) }
      }
      if hasEnded, ready.isEmpty { break }
    }
    try? output?.close()
    try? error?.close()
    state.withLock { $0.isReading = false }
  }

  /// Returns those of `descriptors` that have something to read, or have ended.
  private func wait(for descriptors: [FileDescriptor], block: Bool) -> [Int] {
    var requests = (descriptors + [bell.first]).map {
      pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0)
    }
    let count = unsafe poll(&requests, nfds_t(requests.count), block ? -1 : 0)
    guard count > 0 else { return [] }
    if requests[descriptors.count].revents != 0 { _ = read(bell.first) }
    return descriptors.indices.filter { requests[$0].revents != 0 }
  }

  /// Returns the bytes that are there to read; `nil` at the end, which the terminal reports as EIO.
  private func read(_ descriptor: FileDescriptor) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65536)
    do {
      let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
      return count == 0 ? nil : Array(bytes.prefix(count))
    } catch Errno.wouldBlock {
      return []
    } catch {
      return nil
    }
  }

  /// Closes the emulator's end when that has been asked for. Only this thread does, since it waits on
  /// it.
  private func hangUpIfAsked() -> Bool {
    state.withLock { state in
      guard state.isToHangUp, state.isOpen else { return false }
      state.isOpen = false
      try? terminal.emulator.close()
      return true
    }
  }

  /// Waits for the end of the program, and leaves its process id taken until ``close()``.
  func awaitTermination() {
    var facts = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(processID), &facts, WEXITED | WNOWAIT) != 0 {
      guard Errno.current == .interrupted else { break }
    }
    let code = unsafe facts._sifields._sigchld.si_status
    let hasExited = unsafe facts.si_code == CLD_EXITED
    state.withLock { state in
      state.termination = hasExited ? .exited(code) : .signaled(code)
      // Still under the lock: once the reader knows, all may be closed.
      wakeReader()
    }
  }

  /// Wakes the reader, so that it checks its requests.
  func wakeReader() {
    _ = try? bell.second.writeAll([0])
  }
}
