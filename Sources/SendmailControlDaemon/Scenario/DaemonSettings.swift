// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// What a sendmail.cf, or the person who starts the daemon, says of it. A member that is `nil` is not
/// said.
public struct DaemonSettings: Sendable, Equatable {
  /// `ControlSocketName`.
  public var socketPath: [UInt8]?
  /// The permission bits of the socket.
  public var socketMode: UInt32?
  /// `PidFile`.
  public var pidFile: [UInt8]?
  /// `MaxDaemonChildren`.
  public var maximumChildren: Int?
  /// `RefuseLA`.
  public var refuseLoadAverage: Int?
  /// `MinFreeBlocks`, in KiB.
  public var minimumFreeSpace: Int?
  /// The names in `DaemonPortOptions`.
  public var portNames: [String]?
  /// What is in the file that `HelpFile` names; `.some(nil)` when sendmail could not read it.
  public var helpFile: [UInt8]??
  /// `Timeout.control`; 0 for none.
  public var controlTimeout: Duration?
  /// How the daemon was started.
  public var mode: DaemonMode?
  /// How the path of the socket is judged.
  public var pathCheck: PathCheck?

  /// Settings that say nothing.
  public init() {}

  /// Writes what is said into `configuration`.
  public func apply(to configuration: inout DaemonConfiguration) {
    if let socketPath { configuration.socketPath = socketPath }
    if let socketMode { configuration.socketMode = socketMode }
    if let pidFile { configuration.pidFile = pidFile }
    if let maximumChildren { configuration.state.maximumChildren = maximumChildren }
    if let refuseLoadAverage { configuration.state.refuseLoadAverage = refuseLoadAverage }
    if let minimumFreeSpace { configuration.state.minimumFreeSpace = minimumFreeSpace }
    if let portNames { configuration.state.ports = portNames.map { ServedPort(name: $0) } }
    if let helpFile { configuration.state.help = helpFile.map { HelpFile(text: $0) } }
    if let controlTimeout { configuration.controlTimeout = controlTimeout }
    if let mode { configuration.state.mode = mode }
    if let pathCheck { configuration.pathCheck = pathCheck }
  }
}
