// SPDX-License-Identifier: Apache-2.0

/// A UNIX-domain socket that a process listens on, as the kernel lists it.
package struct ListeningSocket: Sendable, Equatable {
  /// The name that it was bound to, without the NUL at its end.
  package var name: [UInt8]
  /// Its inode as a socket, by which a process's descriptors refer to it.
  package var inode: UInt64
  /// The file that it was bound as; `nil` where the kernel tells names only.
  package var file: File?
  /// The number of connections that wait to be accepted; `nil` where the kernel does not tell.
  package var waiting: Int?

  /// A listening socket.
  package init(name: [UInt8], inode: UInt64, file: File? = nil, waiting: Int? = nil) {
    self.name = name
    self.inode = inode
    self.file = file
    self.waiting = waiting
  }

  /// The file of a socket, which stays the same when it is removed or renamed.
  package struct File: Sendable, Equatable {
    /// The low half of its inode number, which is all the kernel tells (`struct unix_diag_vfs`).
    package var inode: UInt32
    /// The device that it is on.
    package var device: DeviceNumber

    /// A file.
    package init(inode: UInt32, device: DeviceNumber) {
      self.inode = inode
      self.device = device
    }
  }

  /// True if there is no doubt which file it was bound as.
  var isCertain: Bool { file != nil || name.first == ASCII.slash }

  /// Returns whether it listens at `place`, where the file `there` is now.
  func isAt(_ place: DaemonPlace, file there: SocketFileFacts?) -> Bool {
    guard let file, let there else { return isNamed(place) }
    guard file.inode == UInt32(truncatingIfNeeded: there.inode) else { return false }
    // Some file systems show another device than the kernel has (overlay, btrfs): the name decides.
    return file.device == there.device || isNamed(place)
  }

  /// Returns whether it may have been bound for `place`. A relative name says nothing of its directory.
  private func isNamed(_ place: DaemonPlace) -> Bool {
    if name.first == ASCII.slash { return name == place.socket || name == place.boundName }
    if let bound = place.boundName { return name == bound }
    return place.socket?.suffix(name.count + 1).elementsEqual([ASCII.slash] + name) == true
  }

  /// The sockets at which a connection to the socket of `place` would arrive.
  ///
  /// `file` is the file at the socket's path. `all` is the kernel's list. `sharesNetwork` returns
  /// whether this process has the network namespace of each of the processes that tell where the
  /// daemon may be, for the list holds the sockets of one namespace; `nil` where that may not be
  /// read. It is called only when the list has no such socket.
  package static func at(
    _ place: DaemonPlace, file: Fact<SocketFileFacts>, among all: Fact<[ListeningSocket]>,
    sharesNetwork: () -> [Bool?] = { [] }
  ) -> Fact<[ListeningSocket]> {
    if place.socket == nil || file == .absent { return .absent }
    if let kind = file.value?.kind, kind != .socket { return .absent }
    guard case .known(let sockets) = all else { return all }
    let found = sockets.filter { socket in
      guard file.reason == nil || socket.name.first == ASCII.slash else { return false }
      return socket.isAt(place, file: file.value)
    }
    if !found.isEmpty { return .known(found) }
    if let reason = file.reason {
      return .unknown(
        reason: "the socket file cannot be examined: \(reason)", isForbidden: file.isForbidden)
    }
    if sharesNetwork().contains(false) { return .unknown(reason: otherNetwork) }
    return .known([])
  }

  /// The reason why it is not known who listens, where the daemon may be in another network namespace.
  package static let otherNetwork =
    "the kernel lists only the sockets of this network namespace; nsenter(1) runs smcontrol in another"
}
