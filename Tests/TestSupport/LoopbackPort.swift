// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// TCP ports of 127.0.0.1 for daemons.
public enum LoopbackPort {
  /// A port without a listener, which no other caller in this process gets.
  ///
  /// It lies below those that the kernel gives to connecting sockets, so that no connection of
  /// another test takes it between now and the daemon's `bind`.
  ///
  /// - Throws: ``HarnessError`` when there is none.
  public static func unused() throws -> UInt16 {
    for _ in 0..<1000 {
      let port = UInt16.random(in: 20_000..<32_000)
      let isNew = taken.withLock { $0.insert(port).inserted }
      if isNew, try isFree(port) { return port }
    }
    throw HarnessError("no unused TCP port between 20000 and 32000 on 127.0.0.1")
  }

  /// Returns whether a process listens on `port`, as the kernel lists it, since a connection would be
  /// counted.
  static func hasListener(_ port: UInt16) throws -> Bool {
    // 0A is TCP_LISTEN.
    try isListed(port, column: 1, state: "0A")
  }

  /// Returns whether a client is connected to `port` and has not closed its end.
  static func hasClient(_ port: UInt16) throws -> Bool {
    // 01 is TCP_ESTABLISHED.
    try isListed(port, column: 2, state: "01")
  }

  private static func isListed(_ port: UInt16, column: Int, state: String) throws -> Bool {
    let digits = String(port, radix: 16, uppercase: true)
    let end = ":" + String(repeating: "0", count: 4 - digits.count) + digits
    return try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
      .split(separator: "\n").contains { line in
        // Number, local address, remote address, state.
        let fields = line.split(separator: " ")
        return fields.count > 3 && fields[column].hasSuffix(end) && fields[3] == state
      }
  }

  private static let taken = Mutex<Set<UInt16>>([])

  private static func isFree(_ port: UInt16) throws -> Bool {
    // Not for programs started meanwhile, which would keep the port.
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    let descriptor = FileDescriptor(rawValue: socket(AF_INET, type, 0))
    guard descriptor.rawValue >= 0 else { throw HarnessError("socket", "127.0.0.1", .current) }
    return try descriptor.closeAfter {
      let address = sockaddr_in(loopbackPort: port)
      return unsafe withUnsafeBytes(of: address) { bytes in
        unsafe bind(
          descriptor.rawValue, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
          socklen_t(bytes.count)) == 0
      }
    }
  }
}
