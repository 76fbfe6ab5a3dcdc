// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// Reads the TCP sockets that processes listen on; no connection is made.
enum ListeningPorts {
  /// The sockets of this network namespace, as far as the kernel lists them.
  static func list() -> Fact<[TCPListener]> {
    if let listeners = try? SockDiag.tcpListeners() { return .known(listeners) }
    guard let table = try? Files.contents(of: "/proc/net/tcp") else {
      return .unknown(
        reason: "the kernel does not list its sockets, and /proc/net/tcp cannot be read")
    }
    // A kernel without IPv6 has no such file.
    let version6 = (try? Files.contents(of: "/proc/net/tcp6")) ?? []
    return .known(listeners(in: table) + listeners(in: version6))
  }

  /// Returns whether `address`, of 4 or 16 bytes, is one of this host's: a socket can be bound to it. The port that
  /// it is bound to is one that nobody uses. `nil` when that cannot be tried.
  static func hasAddress(_ address: [UInt8]) -> Bool? {
    let isVersion6 = address.count == 16
    let type = CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(isVersion6 ? AF_INET6 : AF_INET, type, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let result: CInt
    if isVersion6 {
      var name = sockaddr_in6()
      name.sin6_family = sa_family_t(AF_INET6)
      unsafe withUnsafeMutableBytes(of: &name.sin6_addr) { unsafe $0.copyBytes(from: address) }
      result = unsafe withUnsafePointer(to: name) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
        }
      }
    } else {
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      unsafe withUnsafeMutableBytes(of: &name.sin_addr) { unsafe $0.copyBytes(from: address) }
      result = unsafe withUnsafePointer(to: name) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    guard result < 0 else { return true }
    return errno == EADDRNOTAVAIL ? false : nil
  }

  /// The sockets in `table`, whose lines are `sl local_address rem_address st queues timer retransmissions uid
  /// timeout inode` (proc(5)).
  static func listeners(in table: [UInt8]) -> [TCPListener] {
    table.split(separator: ASCII.lineFeed).compactMap { line in
      let fields = line.split(separator: ASCII.space)
      guard fields.count > 9, fields[3].elementsEqual("0A".utf8),
        let colon = fields[1].firstIndex(of: ASCII.colon),
        let address = address(fields[1][..<colon]),
        let port = UInt16(
          String(decoding: fields[1][colon...].dropFirst(), as: UTF8.self), radix: 16),
        let inode = UInt64(String(decoding: fields[9], as: UTF8.self))
      else { return nil }
      return TCPListener(address: address, port: port, inode: inode)
    }
  }

  /// The bytes of an address that is written in words of 32 bits, each as this machine reads it.
  private static func address(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count == 8 || digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: digits.startIndex, to: digits.endIndex, by: 8) {
      let text = String(decoding: digits[start..<start + 8], as: UTF8.self)
      guard let word = UInt32(text, radix: 16) else { return nil }
      unsafe withUnsafeBytes(of: word) { unsafe bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
