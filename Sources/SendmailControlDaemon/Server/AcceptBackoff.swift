// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Logging
internal import NIOCore
internal import SystemPackage

/// Keeps a listener from trying again and again to accept a connection for which there is no descriptor:
/// it waits between two tries, and the log has a line about it, but not for each.
///
/// SwiftNIO's `AcceptBackoffHandler` delays the reads that are asked for, but not the one that failed: that
/// is tried again as long as the socket is readable.
final class AcceptBackoff: ChannelInboundHandler {
  typealias InboundIn = any Channel

  /// The errors of `accept` that other connections or processes can end.
  private static let shortages = [EMFILE, ENFILE, ENOBUFS, ENOMEM]
  /// The time between two tries.
  private static let pause = TimeAmount.milliseconds(100)
  /// The shortest time between two lines of the log.
  private static let logInterval = TimeAmount.seconds(10)

  private let daemon: DaemonRuntime
  private var nextLine = NIODeadline.distantPast

  init(daemon: DaemonRuntime) {
    self.daemon = daemon
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? IOError, Self.shortages.contains(error.errnoCode) else {
      return context.fireErrorCaught(error)
    }
    note(error)
    let channel = context.channel
    Self.setAccepting(false, channel)
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [daemon] in
      guard channel.isActive, daemon.injection?.fault != .fullListenQueue else { return }
      Self.setAccepting(true, channel)
    }
  }

  /// Lets the event loop watch the socket, or not.
  private static func setAccepting(_ isAccepting: Bool, _ channel: any Channel) {
    // A channel that refuses it is being closed.
    try? channel.syncOptions?.setOption(.autoRead, value: isAccepting)
  }

  private func note(_ error: IOError) {
    guard nextLine <= .now() else { return }
    nextLine = .now() + Self.logInterval
    daemon.configuration.logger?.warning(
      "cannot accept a connection: \(Errno(rawValue: error.errnoCode)); it waits in the queue"
    )
  }
}
