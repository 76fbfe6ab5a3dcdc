// SPDX-License-Identifier: Apache-2.0

package import Glibc

/// The address of a UNIX-domain socket (unix(7)).
package enum UnixAddress {
  /// Calls `body` with the address of the socket at `path`, such as for `bind(2)` and `connect(2)`.
  ///
  /// - Returns: the result of `body`; -1 with the `errno` `ENAMETOOLONG` for a path that is longer than
  ///   an address holds with the NUL at its end.
  package static func with(
    _ path: [UInt8], _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
  ) -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = unsafe withUnsafeMutableBytes(of: &address.sun_path) { field in
      guard path.count < field.count else { return false }
      unsafe field.copyBytes(from: path)
      return true
    }
    guard fits else {
      errno = ENAMETOOLONG
      return -1
    }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    return unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, size) }
    }
  }
}
