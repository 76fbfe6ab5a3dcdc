// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
internal import SystemPackage

/// A listener on a loopback port that greets each client, and sends nothing more.
public final class GreetingServer: Sendable {
  /// The port of 127.0.0.1.
  public let port: UInt16
  private let descriptor: CInt
  /// True if the queue below closes the descriptor: only when it has no use for its number any more,
  /// which the next socket in this process gets.
  private let isClosedByQueue: Bool

  /// Listens from now on, until the value goes away.
  ///
  /// - Parameter greeting: what to say; with `nil` connections are taken in silence.
  /// - Throws: ``HarnessError`` when the system refuses.
  public init(greeting: String?) throws {
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in(loopbackPort: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, size) == 0 && listen(descriptor, 1024) == 0
          && getsockname(descriptor, address, &size) == 0
      }
    }
    guard result else { throw HarnessError("listen", "127.0.0.1", .current) }
    port = UInt16(bigEndian: address.sin_port)
    isClosedByQueue = greeting != nil
    // The kernel connects clients by itself, as many as the queue has room for; only a greeting needs a
    // process that accepts them.
    guard let greeting else { return }
    DispatchQueue(label: "greeting").async {
      var clients: [CInt] = []
      while case let client = accept(descriptor, nil, nil), client >= 0 {
        clients.append(client)
        _ = unsafe send(client, greeting, greeting.utf8.count, CInt(MSG_NOSIGNAL))
      }
      for client in clients + [descriptor] { close(client) }
    }
  }

  /// True if a client is connected and has not closed its end.
  ///
  /// - Throws: what Foundation's `String` throws of `/proc/net/tcp`.
  public var hasClient: Bool {
    get throws { try LoopbackPort.hasClient(port) }
  }

  deinit {
    shutdown(descriptor, CInt(SHUT_RDWR))
    if !isClosedByQueue { close(descriptor) }
  }
}
