// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import Glibc
public import SystemPackage

/// A listener on a socket file that answers whatever line it is sent with a long text, as fast as the
/// client takes it.
public final class BlockServer: Sendable {
  private let descriptor: CInt

  /// Listens from now on, until the value goes away.
  ///
  /// - Parameter mebibytes: the length of each answer, in MiB.
  /// - Throws: ``HarnessError`` when the system refuses.
  public init(at path: FilePath, mebibytes: Int) throws {
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
    DispatchQueue(label: "blocks").async {
      while case let client = accept(descriptor, nil, nil), client >= 0 {
        Self.answer(client, mebibytes: mebibytes)
        close(client)
      }
    }
  }

  deinit {
    shutdown(descriptor, CInt(SHUT_RDWR))
    close(descriptor)
  }

  private static func answer(_ client: CInt, mebibytes: Int) {
    var request = [UInt8](repeating: 0, count: 4096)
    _ = unsafe recv(client, &request, request.count, 0)
    let line = Array("   1     5581b0c6a2a0      64 bytes  ../libsm/heap.c:1024345678\n".utf8)
    let block = Array(repeatElement(line, count: 16384).joined())
    for _ in 0..<mebibytes {
      var sent = 0
      while sent < block.count {
        let count = unsafe block.withUnsafeBytes { bytes in
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
