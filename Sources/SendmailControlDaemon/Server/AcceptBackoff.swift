// SPDX-License-Identifier: GPL-3.0-or-later

internal import Logging
internal import NIOCore
internal import Synchronization
internal import SystemPackage

/// Keeps a listener from trying again and again to accept a connection for which there is no descriptor:
/// it waits between two tries, and the log has a line about it, but not for each.
final class AcceptBackoff: Sendable {
  /// The time between two tries.
  private static let pause = TimeAmount.milliseconds(100)
  /// The shortest time between two lines of the log.
  private static let logInterval = Duration.seconds(10)

  private let logger: Logger?
  private let latestLine = Mutex<ContinuousClock.Instant?>(nil)

  init(logger: Logger?) {
    self.logger = logger
  }

  /// Adds the waiting to the channel of a listener.
  func install(in channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(
        AcceptBackoffHandler(shouldForwardIOErrorCaught: false) { error in
          self.note(error)
          return Self.pause
        })
    }
  }

  private func note(_ error: IOError) {
    let isDue = latestLine.withLock { latest in
      let now = ContinuousClock.now
      if let latest, now - latest < Self.logInterval { return false }
      latest = now
      return true
    }
    guard isDue else { return }
    logger?.warning(
      "cannot accept a connection: \(Errno(rawValue: error.errnoCode)); it waits in the queue"
    )
  }
}
