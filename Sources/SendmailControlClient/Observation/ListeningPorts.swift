// SPDX-License-Identifier: Apache-2.0

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
