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

  /// Returns whether it takes connections to `address`, or keeps another socket from being bound there.
  func overlaps(_ address: [UInt8]) -> Bool {
    if self.address.count == address.count {
      return self.address == address || Self.isEvery(self.address) || Self.isEvery(address)
    }
    let isEveryVersion6 = self.address.count == 16 && Self.isEvery(self.address)
    return isEveryVersion6 && isVersion6Only != true
  }

  private static func isEvery(_ address: [UInt8]) -> Bool { address.allSatisfy { $0 == 0 } }
}
