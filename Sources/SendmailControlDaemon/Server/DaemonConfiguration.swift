// SPDX-License-Identifier: GPL-3.0-or-later

public import Logging
public import SendmailControl
internal import SystemSupport

/// How the path of the control socket is judged before the socket is made and before it is removed.
public enum PathCheck: Sendable, Equatable {
  /// By sendmail's rules.
  case sendmail(PathSafetyRules)
  /// Not at all.
  case none

  /// sendmail's rules for a daemon that runs as this process does: strict for root, and for an
  /// ordinary user those of a daemon under debugging, which may live in `/tmp`.
  ///
  /// - Parameter trustsStickyBit: `DontBlameSendmail=TrustStickyBit`.
  public static func ofThisProcess(
    trustsStickyBit: Bool = false, allowsGroupWritableDirectories: Bool = false,
    trustedUser: UInt32 = 0
  ) -> PathCheck {
    let identity = ProcessIdentity.current
    return .sendmail(
      PathSafetyRules(
        trustsStickyBit: trustsStickyBit,
        allowsGroupWritableDirectories: allowsGroupWritableDirectories,
        runAsUser: identity.effectiveUser,
        runAsGroup: identity.effectiveGroup, runAsGroups: Set(identity.groups),
        trustedUser: trustedUser, isDebugging: identity.effectiveUser != 0))
  }
}

/// What a ``ControlDaemon`` is started with.
public struct DaemonConfiguration: Sendable {
  /// The path of the socket, byte for byte; a relative one is relative to the working directory.
  public var socketPath: [UInt8]
  /// The permission bits of the socket: 0600 as sendmail sets them, 0660 as Debian's does.
  public var socketMode: UInt32 = 0o600
  /// How the path is judged.
  public var pathCheck = PathCheck.ofThisProcess()
  /// Whether a file at the path that is no socket is removed; `nil` for sendmail's own behaviour, which is
  /// to remove it, when its rules judge the path, and to leave it alone otherwise.
  package var replacesFiles: Bool?
  /// `Timeout.control`: how long a connection may take, from its acceptance to the last byte of the
  /// reply. Zero and less means for ever.
  public var controlTimeout = Duration.seconds(ControlLimits.defaultControlTimeout)
  /// The path of the PID file, or `nil` for none.
  public var pidFile: [UInt8]?
  /// The command line that the PID file shows.
  public var commandLine = ["/usr/sbin/sendmail", "-bD"]
  /// The daemon's state at the start.
  public var state: DaemonState
  /// How the daemon goes wrong from the start, or `nil`.
  public var fault: Fault?
  /// How long an ordinary restart leaves the path without a socket.
  public var restartGap = Duration.milliseconds(15)
  /// How long a control child that has ended stays in the process table before it is reaped.
  public var reapDelay = Duration.zero
  /// How many of the latest events ``ControlDaemon/events`` keeps.
  public var eventHistory = 10_000
  /// Where the daemon logs, in sendmail's words; nowhere unless set.
  public var logger = Logger(label: "ControlDaemon", factory: { _ in SwiftLogNoOpLogHandler() })
  /// The time since some fixed moment, by which a refusal of connections ends.
  public var uptime: @Sendable () -> Duration

  /// The configuration of an idle daemon whose socket is at `socketPath`, and which shows this
  /// process's id as its own, so that `SO_PEERCRED` and its line of the list agree.
  public init(socketPath: [UInt8]) {
    self.socketPath = socketPath
    state = DaemonState(processID: SystemCalls.processID)
    let start = ContinuousClock.now
    uptime = { ContinuousClock.now - start }
  }

  /// The same with the path as a string.
  public init(socketPath: String) {
    self.init(socketPath: Array(socketPath.utf8))
  }
}
