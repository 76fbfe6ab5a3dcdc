// SPDX-License-Identifier: GPL-3.0-or-later

/// What came of `restart`, `shutdown` or `start`, as a JSON object. Members are only ever added.
public struct WatchDocument: Encodable, Sendable {
  /// Such as `smcontrol.restart/1`.
  public var schema: String
  /// The daemon's socket, or `null` for a daemon that was started without one.
  public var socket: Nullable<String>
  /// Whether it was waited for the promise to come true.
  public var waited: Bool
  /// The daemon that was told, or `null` when it is not known.
  public var oldPID: Nullable<Int32>
  /// The daemon that answers now, or `null` when there is none or it was not waited for.
  public var newPID: Nullable<Int32>
  /// How long nobody could connect, or how long the end took, in seconds; `null` when it was not
  /// waited for.
  public var seconds: Nullable<Double>
  /// Whether a socket file was left that nobody listens on.
  public var socketLeft: Bool

  /// What came of `command`.
  public init(
    command: String, socket: [UInt8]?, waited: Bool, oldPID: Int32?, newPID: Int32? = nil,
    duration: Duration? = nil, socketLeft: Bool = false
  ) {
    schema = "smcontrol.\(command)/1"
    self.socket = Nullable(socket.map { String(decoding: $0, as: UTF8.self) })
    self.waited = waited
    self.oldPID = Nullable(oldPID)
    self.newPID = Nullable(newPID)
    seconds = Nullable(
      duration.map { duration in
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds / 1_000_000_000_000_000) / 1000
      })
    self.socketLeft = socketLeft
  }
}
