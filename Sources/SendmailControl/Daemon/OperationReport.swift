// SPDX-License-Identifier: Apache-2.0

/// The result of `restart`, `shutdown` or `start`: what the daemon acknowledged, and with `--wait` what
/// was observed after that.
package struct OperationReport: RawReport, Equatable {
  /// An operation on the daemon.
  package enum Operation: String, Sendable {
    case restart
    case shutdown
    case start
  }

  /// The operation.
  package var operation: Operation
  /// The daemon's socket; `nil` for a daemon that was started without one.
  package var socket: [UInt8]?
  /// The daemon's reply; empty for `start`, which asks no daemon.
  package var bytes: [UInt8]
  /// True if the command waited until the operation had completed.
  package var waited: Bool
  /// The daemon that acknowledged the command, if it is known.
  package var oldProcessID: Int32?
  /// The daemon that answers now, or that `start` started, if it is known.
  package var newProcessID: Int32?
  /// The time without a listener, or until the end; `nil` when the command did not wait.
  package var duration: Duration?
  /// True if a socket file without a listener was left.
  package var socketLeft: Bool
  /// The words of the program that `start` ran.
  package var program: [UInt8]

  /// The result of `operation`.
  package init(
    _ operation: Operation, socket: [UInt8]?, bytes: [UInt8] = [], waited: Bool,
    oldProcessID: Int32? = nil, newProcessID: Int32? = nil, duration: Duration? = nil,
    socketLeft: Bool = false, program: [UInt8] = []
  ) {
    self.operation = operation
    self.socket = socket
    self.bytes = bytes
    self.waited = waited
    self.oldProcessID = oldProcessID
    self.newProcessID = newProcessID
    self.duration = duration
    self.socketLeft = socketLeft
    self.program = program
  }

  /// The daemon's own words, as smcontrol.pl shows them, and what was observed after them.
  package var classic: String {
    switch operation {
    case .start: text
    case .restart, .shutdown: ClassicText.lines(bytes) + (waited ? text : "")
    }
  }

  /// Returns what is known of the operation, in a line.
  package func terminal(_ style: TerminalStyle) -> String { text }

  private var text: String {
    let time = (duration ?? .zero).inSeconds
    return switch (operation, waited) {
    case (.restart, true):
      """
      Restarted: \(Self.name(oldProcessID, or: "an unknown process")) before, \
      \(Self.name(newProcessID, or: "an unknown process")) now, no listener for \(time) s

      """
    case (.shutdown, true):
      """
      Shut down: \(Self.name(oldProcessID, or: "the daemon")) is gone after \(time) s\
      \(socketLeft ? "; its socket file is left, without a listener" : "")

      """
    case (.start, true):
      """
      Started: \(Self.name(newProcessID, or: "a daemon")) answers at \
      \(TerminalEscaping.escape(socket ?? [])) after \(time) s

      """
    case (.restart, false), (.shutdown, false):
      """
      \(Self.name(oldProcessID, or: "the daemon")) acknowledged \(operation.rawValue); \
      --wait shows whether it is carried out

      """
    case (.start, false):
      """
      Started: \(newProcessID.map { "process \($0)" } ?? TerminalEscaping.escape(program)); \
      --wait shows whether the daemon answers

      """
    }
  }

  private static func name(_ pid: Int32?, or unknown: String) -> String {
    pid.map { "process \($0)" } ?? unknown
  }

  /// The result in JSON.
  package var document: Document { Document(self) }

  /// The result in JSON. Members are only ever added.
  package struct Document: Encodable, Sendable {
    /// Such as `smcontrol.restart/1`.
    package var schema: String
    /// The daemon's socket, or `null` for a daemon that was started without one.
    package var socket: Nullable<String>
    /// `acknowledged`; `null` for `start`, which asks no daemon.
    package var request: Nullable<String>
    /// True if the command waited until the operation had completed.
    package var waited: Bool
    /// The daemon that acknowledged the command, or `null` when it is not known.
    package var oldPID: Nullable<Int32>
    /// The daemon that answers now, or `null` when there is none or it is not known.
    package var newPID: Nullable<Int32>
    /// The time without a listener, or until the end, in seconds; `null` when the command did not wait.
    package var durationSeconds: Nullable<Double>
    /// True if a socket file without a listener was left.
    package var socketLeft: Bool

    fileprivate init(_ report: OperationReport) {
      schema = "smcontrol.\(report.operation.rawValue)/1"
      socket = Nullable(report.socket.map { String(decoding: $0, as: UTF8.self) })
      request = Nullable(
        report.operation == .start ? nil : RequestState.acknowledged.rawValue)
      waited = report.waited
      oldPID = Nullable(report.oldProcessID)
      newPID = Nullable(report.newProcessID)
      durationSeconds = Nullable(report.duration.map { Double($0.milliseconds) / 1000 })
      socketLeft = report.socketLeft
    }
  }
}
