// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
public import SystemPackage

/// A listener on a socket file that answers whatever it is sent with the same bytes.
public final class ReplyServer: Sendable {
  private let descriptor: CInt

  /// Listens from now on, until the value goes away; what stands at the path is removed before.
  ///
  /// - Parameter reply: what to answer; with `nil` connections are taken in silence.
  /// - Throws: ``HarnessError`` when the system refuses.
  public init(at path: FilePath, reply: [UInt8]?) throws {
    _ = unsafe unlink(path.string)
    descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
      unsafe room.copyBytes(from: path.string.utf8.prefix(room.count - 1))
    }
    let descriptor = descriptor
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
          && listen(descriptor, 8) == 0
      }
    }
    guard result else { throw HarnessError("listen", path, .current) }
    // The kernel connects clients by itself; only an answer needs somebody to accept them.
    guard let reply else { return }
    DispatchQueue(label: "replies").async {
      while case let client = accept(descriptor, nil, nil), client >= 0 {
        var request = [UInt8](repeating: 0, count: 4096)
        _ = unsafe recv(client, &request, request.count, 0)
        _ = unsafe send(client, reply, reply.count, CInt(MSG_NOSIGNAL))
        close(client)
      }
    }
  }

  deinit {
    shutdown(descriptor, CInt(SHUT_RDWR))
    close(descriptor)
  }
}
