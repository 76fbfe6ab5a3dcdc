// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// Lines of a file, a pipe or a terminal, one at a time as they come.
struct LineSource {
  /// The longest line there can be, in bytes.
  static let longestLine = 65_536

  /// The next step of reading.
  enum Next: Sendable, Equatable {
    /// A line without its end.
    case line([UInt8])
    /// There are no more.
    case end
    /// A signal asks for the end.
    case interrupted
  }

  private let descriptor: FileDescriptor
  private let interruption: Interruption
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// The lines that are read from `descriptor`, which the caller closes.
  init(_ descriptor: FileDescriptor, interruption: Interruption) {
    self.descriptor = descriptor
    self.interruption = interruption
  }

  /// Waits for the next line. The last one needs no end.
  ///
  /// - Throws: `Errno`; `messageTooLong` for a line of more than ``longestLine`` bytes.
  mutating func next() throws(Errno) -> Next {
    while true {
      if let end = buffer.firstIndex(of: ASCII.lineFeed) {
        let line = Array(buffer[..<end])
        buffer.removeFirst(end + 1)
        return .line(line)
      }
      if isAtEnd {
        guard !buffer.isEmpty else { return .end }
        defer { buffer = [] }
        return .line(buffer)
      }
      guard buffer.count <= Self.longestLine else { throw .messageTooLong }
      let readiness = try Readiness.wait(
        for: descriptor.rawValue, events: CInt(POLLIN), until: nil, interruption: interruption)
      if case .interrupted = readiness { return .interrupted }
      try read()
    }
  }

  private mutating func read() throws(Errno) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    do {
      let count = try unsafe bytes.withUnsafeMutableBytes {
        unsafe try descriptor.read(into: $0, retryOnInterrupt: false)
      }
      isAtEnd = count == 0
      buffer += bytes[..<count]
    } catch Errno.interrupted {
      return
    } catch Errno.resourceTemporarilyUnavailable {
      return
    } catch {
      throw error as? Errno ?? .ioError
    }
  }
}
