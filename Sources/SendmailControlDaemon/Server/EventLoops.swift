// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// SwiftNIO's event loops, which all daemons of this process share.
enum EventLoops {
  /// The descriptors of one loop: epoll, an event and a timer.
  private static let descriptorsPerLoop = 3
  /// The descriptors of a daemon with one connection, and some to spare.
  private static let descriptorsPerDaemon = 6

  private static let areMade = Atomic(false)

  /// The descriptors that a daemon needs now.
  static var descriptorsNeeded: Int {
    let loops = areMade.load(ordering: .acquiring) ? 0 : NIOSingletons.groupLoopCountSuggestion
    return loops * descriptorsPerLoop + descriptorsPerDaemon
  }

  /// The loop for a new daemon.
  ///
  /// - Throws: ``DaemonError`` when this process cannot open the descriptors that are needed: SwiftNIO
  ///   would end the process.
  static func next(path: [UInt8]) throws(DaemonError) -> any EventLoop {
    try SystemCalls.requireDescriptors(descriptorsNeeded, path: path)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    areMade.store(true, ordering: .releasing)
    return loop
  }
}
