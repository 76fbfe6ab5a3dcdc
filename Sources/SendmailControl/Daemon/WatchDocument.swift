// SPDX-License-Identifier: GPL-3.0-or-later

/// The outcome of `restart`, `shutdown` or `start` as a JSON object. Members are only ever added.
public struct WatchDocument: Encodable, Sendable {
  /// Such as `smcontrol.restart/1`.
  public var schema: String
  /// The daemon's socket, or `null` for a daemon that was started without one.
  public var socket: Nullable<String>
  /// Whether the command waited until the operation had completed.
  public var waited: Bool
  /// The daemon that acknowledged the command, or `null` when it is not known.
  public var oldPID: Nullable<Int32>
  /// The daemon that answers now, or `null` when there is none or the command did not
  /// wait.
  public var newPID: Nullable<Int32>
  /// The time without a listener, or the time until the end, in seconds; `null` when the command did
  /// not wait.
  public var seconds: Nullable<Double>
  /// Whether a socket file without a listener was left.
  public var socketLeft: Bool

  /// The outcome of `command`.
  public init(
    command: String, socket: [UInt8]?, waited: Bool, oldPID: Int32?, newPID: Int32? = nil,
    duration: Duration? = nil, socketLeft: Bool = false
  ) {
    schema = "smcontrol.\(command)/1"
    self.socket = Nullable(socket.map { String(decoding: $0, as: UTF8.self) })
    self.waited = waited
    self.oldPID = Nullable(oldPID)
    self.newPID = Nullable(newPID)
    seconds = Nullable(duration.map { Double($0.milliseconds) / 1000 })
    self.socketLeft = socketLeft
  }
}
