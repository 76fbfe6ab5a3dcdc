// SPDX-License-Identifier: Apache-2.0

/// A TCP socket that a process listens on, as the kernel lists it.
package struct TCPListener: Sendable, Equatable {
  /// The address in network order: 4 bytes, or 16 of IPv6; all 0 for every address.
  package var address: [UInt8]
  /// The port.
  package var port: UInt16
  /// Its inode as a socket, by which a process's descriptors refer to it.
  package var inode: UInt64
  /// True if a socket of every IPv6 address takes no connections of IPv4; `nil` where the kernel does not
  /// tell.
  package var isVersion6Only: Bool?

  /// A listening socket.
  package init(address: [UInt8], port: UInt16, inode: UInt64, isVersion6Only: Bool? = nil) {
    self.address = address
    self.port = port
    self.inode = inode
    self.isVersion6Only = isVersion6Only
  }

  /// Returns whether it takes connections to `address`.
  func overlaps(_ address: [UInt8]) -> Bool {
    Self.conflict(self.address, isVersion6Only == true, address, true)
  }

  /// Returns whether it keeps another socket from listening at `address`. `isOnly` is true for another socket that takes
  /// no connections of IPv4.
  package func conflicts(with address: [UInt8], isVersion6Only isOnly: Bool) -> Bool {
    Self.conflict(self.address, isVersion6Only == true, address, isOnly)
  }

  /// Returns whether two sockets with these addresses cannot both listen at one port. Of a socket of every IPv6
  /// address it matters whether it takes connections of IPv4, too.
  static func conflict(
    _ one: [UInt8], _ oneIsOnly: Bool, _ other: [UInt8], _ otherIsOnly: Bool
  ) -> Bool {
    let (first, second) = (InternetAddress.unmapped(one), InternetAddress.unmapped(other))
    guard first.count != second.count else {
      return first == second || isEvery(first) || isEvery(second)
    }
    return (first.count == 16 && isEvery(first) && !oneIsOnly)
      || (second.count == 16 && isEvery(second) && !otherIsOnly)
  }

  private static func isEvery(_ address: [UInt8]) -> Bool { address.allSatisfy { $0 == 0 } }
}
