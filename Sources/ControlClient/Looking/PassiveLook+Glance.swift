// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
public import SystemPackage

extension PassiveLook {
  /// How the daemon is, by a few looks that take no time and open no connection: whether its socket is
  /// there and may be used, who listens and whether somebody waits there, whether its process lives, and
  /// what its title says.
  ///
  /// - Parameters:
  ///   - socket: the control socket's path, or `nil` when none is configured.
  ///   - pidFile: the PID file's path, or `nil` when it is not known.
  ///   - titlePrefix: `ProcessTitlePrefix`; empty when it is not known.
  ///   - last: how it was seen before. Where nothing can be seen now, that still holds.
  public static func glance(
    socket: FilePath?, pidFile: FilePath?, titlePrefix: [UInt8], last: DaemonGlance
  ) -> DaemonGlance {
    guard let socket else { return DaemonGlance(.noSocket) }
    let process = processID(pidFile, last)
    if let failure = failure(of: socket) {
      return DaemonGlance(failure, processID: process)
    }
    let listeners = ListeningSockets.now()?.at(socket)
    let isWaitedFor = listeners?.contains { ($0.waiting ?? 0) > 0 } ?? false
    let looks = isWaitedFor ? last.looksWithWaiting + 1 : 0
    var found =
      process.map { presence(of: $0, listeners, titlePrefix, last) }
      ?? presence(listeners, pidFile, last)
    // Whether one that did not answer does now, only asking tells, unless it accepts those who waited.
    let isSilent = last.presence == .notAnswering && (looks > 0 || last.looksWithWaiting == 0)
    let isSame = last.processID == nil || last.processID == process
    if case .running = found, looks >= DaemonGlance.looksBeforeAlarm || isSilent && isSame {
      found = .notAnswering
    }
    return DaemonGlance(found, processID: process, looksWithWaiting: looks)
  }

  /// The daemon's process, if it lives.
  private static func processID(_ pidFile: FilePath?, _ last: DaemonGlance) -> Int32? {
    if let last = last.processID, ProcessTable.isRunning(last) { return last }
    // The lock is only tried for when there is something new, so that it never gets in the way of a
    // daemon that starts.
    guard let pidFile, let named = (try? PIDFile(at: pidFile, triesLock: false))?.processID,
      named != last.processID, ProcessTable.isRunning(named),
      case .seen(let facts) = pidFileSight(of: pidFile), facts.isAlive
    else { return nil }
    return facts.processID
  }

  /// What the socket's file alone tells: that nobody can connect there.
  private static func failure(of socket: FilePath) -> DaemonGlance.Presence? {
    do {
      guard try SocketFile(at: socket).isSocket else { return .noSocket }
    } catch {
      return error == .permissionDenied ? .noPermission : .down
    }
    // connect(2) asks for the right to write.
    let mayWrite = unsafe socket.withPlatformString {
      unsafe faccessat(AT_FDCWD, $0, W_OK, AT_EACCESS)
    }
    return mayWrite == 0 ? nil : .noPermission
  }

  /// The presence of a daemon whose process lives.
  private static func presence(
    of process: Int32, _ listeners: [ListeningSocket]?, _ titlePrefix: [UInt8], _ last: DaemonGlance
  ) -> DaemonGlance.Presence {
    let isSame = last.processID == nil || last.processID == process
    // Whether one that was down listens again, the kernel tells.
    if last.presence == .down, isSame, listeners?.isEmpty != false { return .down }
    let title = ProcessTable.title(of: process) ?? []
    let condition = DaemonCondition(title: TitleState.read(title, prefix: titlePrefix))
    // It may have no title of sendmail's, or one that may not be read: what it said itself still holds.
    if condition == .unknown, isSame, case .running = last.presence { return last.presence }
    return .running(condition)
  }

  /// The presence of a daemon whose process is not known.
  private static func presence(
    _ listeners: [ListeningSocket]?, _ pidFile: FilePath?, _ last: DaemonGlance
  ) -> DaemonGlance.Presence {
    // A PID file whose process is gone is the daemon's own word. Who listens says less: a child may
    // hold the socket of a daemon that was killed for a while.
    if let pidFile, (try? PIDFile(at: pidFile, triesLock: false)) != nil { return .down }
    switch listeners?.isEmpty {
    case false?:
      if case .running = last.presence, last.processID == nil { return last.presence }
      return .running(.unknown)
    case nil where last.processID == nil && pidFile == nil: return last.presence
    case true?, nil: return .down
    }
  }
}
