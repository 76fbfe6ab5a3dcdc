// SPDX-License-Identifier: Apache-2.0

public import Logging
internal import SendmailControl
public import SystemPackage

/// The settings that a ``ControlDaemon`` is started with.
///
/// As they are, they make an idle daemon whose socket, PID file and configuration file are in a directory of
/// its own.
public struct DaemonConfiguration: Sendable {
  /// The path of the socket, of at most 107 bytes; a relative one is relative to the working directory.
  /// `nil` for one in a directory of the daemon's own.
  public var socketPath: FilePath?
  /// The permission bits of the socket: 0600 as sendmail sets them, 0660 as Debian's does.
  public var socketMode: FilePermissions = .ownerReadWrite
  /// The rules by which the path is judged.
  public var pathRules = PathRules.off
  /// `Timeout.control`: the longest time from the acceptance of a connection to the last byte of the reply;
  /// `nil` for no limit. sendmail's default is 120 seconds.
  public var controlTimeout: Duration? = .seconds(ControlLimits.defaultControlTimeout)
  /// The path of the PID file; `nil` for one in a directory of the daemon's own.
  public var pidFile: FilePath?
  /// The daemon's state at the start.
  public var state = DaemonState()
  /// The fault that is injected from the start on, or `nil`.
  public var fault: Fault?
  /// The time for which an ordinary restart leaves the path without a socket.
  public var restartGap = Duration.milliseconds(15)
  /// The logger that receives what sendmail would log, in its words; `nil` for none.
  public var logger: Logger?

  /// True if the daemon makes a directory of its own. Without one `socketPath` must be set, there is no
  /// configuration file, and no PID file unless `pidFile` names it.
  package var makesDirectory = true
  /// True if a file at the path that is no socket is removed; `nil` to remove it when sendmail's rules
  /// judge the path, as sendmail does, and to leave it alone otherwise.
  package var replacesFiles: Bool?
  /// The command line that the PID file shows.
  package var commandLine = ["/usr/sbin/sendmail", "-bD"]
  /// The time for which a control child that has ended stays in the process table before it is reaped.
  package var reapDelay = Duration.zero
  /// The number of the latest events that ``ControlDaemon/events`` keeps.
  package var eventHistory = 10_000
  /// The time since some fixed moment, by which a refusal of connections ends.
  package var uptime: @Sendable () -> Duration

  /// The configuration of an idle daemon, whose process ID is that of this process, so that `SO_PEERCRED`
  /// and its line of the list agree.
  ///
  /// - Parameter socketPath: the path of the socket; `nil` for one in a directory of the daemon's own.
  public init(socketPath: FilePath? = nil) {
    self.socketPath = socketPath
    let start = ContinuousClock.now
    uptime = { ContinuousClock.now - start }
  }
}
