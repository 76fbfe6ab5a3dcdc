// SPDX-License-Identifier: GPL-3.0-or-later

/// The state of the daemon as observed without a connection, as a JSON object. Members are only ever added.
public struct PassiveDocument: Encodable, Sendable {
  /// `smcontrol.passive/1`.
  public var schema = "smcontrol.passive/1"
  /// Whether a daemon lives, as far as can be seen.
  public var alive: Bool
  /// The PID file.
  public var pidFile: PIDFile
  /// The socket file.
  public var socketFile: SocketFile
  /// The daemon's process, or `null`.
  public var daemon: Nullable<Process>
  /// Its children.
  public var processes: [Process]

  /// The PID file, or why it was not seen.
  public struct PIDFile: Encodable, Sendable {
    var path: String
    var pid: Nullable<Int32>
    var alive: Nullable<Bool>
    var problem: Nullable<String>
  }

  /// The socket file, or why it was not seen.
  public struct SocketFile: Encodable, Sendable {
    var path: String
    var isSocket: Nullable<Bool>
    var owner: Nullable<String>
    var group: Nullable<String>
    var mode: Nullable<String>
    var hasListener: Nullable<Bool>
    var waiting: Nullable<Int>
    var problem: Nullable<String>
  }

  /// A process and its title.
  public struct Process: Encodable, Sendable {
    var pid: Int32
    var title: String
  }

  /// The document for `status`.
  public init(_ status: PassiveStatus) {
    alive = status.isAlive
    pidFile =
      switch status.pidFile {
      case .seen(let file):
        PIDFile(
          path: Self.text(file.path), pid: Nullable(file.processID), alive: Nullable(file.isAlive),
          problem: Nullable(nil))
      case .unseen(let path, let reason):
        PIDFile(
          path: Self.text(path), pid: Nullable(nil), alive: Nullable(nil),
          problem: Nullable(reason))
      }
    socketFile =
      switch status.socketFile {
      case .seen(let socket):
        SocketFile(
          path: Self.text(socket.path), isSocket: Nullable(socket.isSocket),
          owner: Nullable(socket.file.owner), group: Nullable(socket.file.group),
          mode: Nullable(Units.mode(socket.file.mode)),
          hasListener: Nullable(socket.hasListener), waiting: Nullable(socket.waiting),
          problem: Nullable(nil))
      case .unseen(let path, let reason):
        SocketFile(
          path: Self.text(path), isSocket: Nullable(nil), owner: Nullable(nil),
          group: Nullable(nil), mode: Nullable(nil), hasListener: Nullable(nil),
          waiting: Nullable(nil), problem: Nullable(reason))
      }
    daemon = Nullable(status.daemon.map(Self.process))
    processes = status.children.map(Self.process)
  }

  private static func process(_ process: PassiveStatus.ObservedProcess) -> Process {
    Process(pid: process.pid, title: text(process.title))
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
