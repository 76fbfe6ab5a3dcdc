// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
public import SystemPackage

/// A listener on a socket file that answers whatever it is sent with the same bytes, as fast as the
/// client takes them.
public final class ReplyServer: Sendable {
  private let descriptor: CInt

  /// Listens from now on, until the value goes away; a file at the path is removed first.
  ///
  /// `reply` has the bytes; after them the connection is closed. With `nil` connections are
  /// accepted by the kernel alone, and nothing answers. `count` is the number of times they are
  /// sent.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public init(at path: FilePath, reply: [UInt8]?, count: Int = 1) throws {
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
    guard let reply else { return }
    DispatchQueue(label: "replies").async {
      while case let client = accept(descriptor, nil, nil), client >= 0 {
        Self.answer(client, reply, count)
        close(client)
      }
    }
  }

  deinit {
    shutdown(descriptor, CInt(SHUT_RDWR))
    close(descriptor)
  }

  private static func answer(_ client: CInt, _ reply: [UInt8], _ times: Int) {
    var request = [UInt8](repeating: 0, count: 4096)
    _ = unsafe recv(client, &request, request.count, 0)
    for _ in 0..<times {
      var sent = 0
      while sent < reply.count {
        let count = unsafe reply.withUnsafeBytes { bytes in
          unsafe send(
            client, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, CInt(MSG_NOSIGNAL))
        }
        // The client may go away whenever it likes.
        guard count > 0 else { return }
        sent += count
      }
    }
  }
}

extension ReplyServer {
  /// A server whose reply is a heap report of so many MiB.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public convenience init(at path: FilePath, mebibytes: Int) throws {
    let line = Array("   1     5581b0c6a2a0      64 bytes  ../libsm/heap.c:1024345678\n".utf8)
    let block = Array(repeatElement(line, count: 16384).joined())
    try self.init(at: path, reply: block, count: mebibytes)
  }
}
