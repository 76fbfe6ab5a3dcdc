// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A connection to a control socket that does nothing but wait, so that what is measured is the
/// daemon.
struct BlockingClient: ~Copyable {
  /// A system call that failed.
  struct Failure: Error {
    let call: String
    let errno: Int32
  }

  private let descriptor: Int32

  init(_ path: String) throws(Failure) {
    #if canImport(Glibc)
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw Failure(call: "socket", errno: errno) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
      unsafe place.copyBytes(from: path.utf8.prefix(place.count - 1))
    }
    let descriptor = descriptor
    let result = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Failure(call: "connect", errno: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Sends `request` and returns the number of bytes of the reply, read to its end.
  func exchange(_ request: [UInt8], _ buffer: inout [UInt8]) throws(Failure) -> Int {
    guard unsafe write(descriptor, request, request.count) == request.count else {
      throw Failure(call: "write", errno: errno)
    }
    var total = 0
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw Failure(call: "read", errno: errno) }
      if count == 0 { return total }
      total += count
    }
  }
}
