// SPDX-License-Identifier: Apache-2.0

/// The sockets that processes hold, by one reading of their descriptors.
package struct HeldSockets: Sendable, Equatable {
  /// A process and a socket that it holds.
  package struct Holder: Sendable, Equatable {
    /// The socket's inode.
    package var inode: UInt64
    /// The process.
    package var process: ObservedProcess

    /// A process that holds a socket.
    package init(inode: UInt64, process: ObservedProcess) {
      self.inode = inode
      self.process = process
    }
  }

  /// The processes found.
  package var holders: [Holder]
  /// True if the descriptors of every process could be read.
  package var isComplete: Bool

  /// The result of a reading.
  package init(holders: [Holder] = [], isComplete: Bool = true) {
    self.holders = holders
    self.isComplete = isComplete
  }
}

/// The search for the processes that hold a daemon's listening socket.
///
/// The kernel's list and the processes' descriptors are not read at one moment, and sockets come and go
/// in between. A socket is without a holder only when it is so in every reading.
package struct HolderSearch: Sendable {
  /// The number of readings after which the search ends.
  package static let mostReadings = 3

  /// The sockets that listen, without those that are known to be other daemons'.
  package private(set) var listeners: Fact<[ListeningSocket]> = .notAsked
  /// The processes that hold them.
  package private(set) var holders: Fact<[ObservedProcess]> = .notAsked
  /// True if another reading could change nothing.
  package private(set) var isDecided = false
  private let place: DaemonPlace
  private var unheld: Set<UInt64>?

  /// A search at `place`.
  package init(at place: DaemonPlace) {
    self.place = place
  }

  /// Takes one reading into account.
  ///
  /// - Parameters:
  ///   - listeners: the sockets that listen at the place.
  ///   - held: the processes that hold them.
  package mutating func note(_ listeners: Fact<[ListeningSocket]>, held: HeldSockets) {
    self.listeners = listeners
    guard case .known(let sockets) = listeners else {
      holders =
        listeners.reason.map { .unknown(reason: $0, isForbidden: listeners.isForbidden) } ?? .absent
      isDecided = true
      return
    }
    let certain = Set(sockets.filter(\.isCertain).map(\.inode))
    // A relative name may be another daemon's, which works in another directory.
    let own = held.holders.filter { holder in
      certain.contains(holder.inode) || holder.process.workingDirectory == nil
        || holder.process.workingDirectory == place.bindingDirectory
        || place.bindingDirectory == nil
    }
    // A process that has ended since, such as the one that a daemon detaches from, holds nothing.
    let living = own.map(\.process).filter { !$0.hasEnded }
    guard living.isEmpty else {
      let inodes = Set(own.map(\.inode))
      self.listeners = .known(sockets.filter { inodes.contains($0.inode) })
      holders = .known(Self.unique(living))
      isDecided = true
      return
    }
    let now = Set(sockets.map(\.inode)).subtracting(held.holders.map(\.inode))
    unheld = unheld.map { $0.intersection(now) } ?? now
    if unheld?.isEmpty == true {
      self.listeners = .known([])
      holders = .known([])
      isDecided = true
    } else {
      holders = .unknown(
        reason: held.isComplete
          ? "no visible process holds the socket"
          : "the descriptors of other users' processes cannot be read",
        isForbidden: !held.isComplete)
    }
  }

  private static func unique(_ processes: [ObservedProcess]) -> [ObservedProcess] {
    var pids: Set<Int32> = []
    return processes.filter { pids.insert($0.pid).inserted }.sorted { $0.pid < $1.pid }
  }
}
