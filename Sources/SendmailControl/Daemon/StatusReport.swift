// SPDX-License-Identifier: GPL-3.0-or-later

/// A reply to `status` or `mstat`, the facts around it, and the part of it that is shown.
public struct StatusReport: Sendable, Equatable {
  /// The reply.
  public var status: DaemonStatus
  /// The path of the socket that it came from.
  public var socket: [UInt8]
  /// The facts around the reply.
  public var context: ReplyContext
  /// The children to show.
  public var selection: ChildSelection
  /// Whether to count children by peer instead of listing them.
  public var byPeer: Bool

  /// A report of `status`.
  public init(
    _ status: DaemonStatus, socket: [UInt8], context: ReplyContext,
    selection: ChildSelection = ChildSelection(), byPeer: Bool = false
  ) {
    self.status = status
    self.socket = socket
    self.context = context
    self.selection = selection
    self.byPeer = byPeer
  }
}
