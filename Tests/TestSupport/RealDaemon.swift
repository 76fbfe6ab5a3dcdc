// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Subprocess
public import SystemPackage

/// A running real sendmail daemon with a directory, a port and a control socket of its own.
///
/// It is there as long as the closure given to ``run(_:_:)`` runs, with everything that it has
/// started.
public final class RealDaemon: Sendable {
  /// The files of the daemon.
  public struct Places: Sendable {
    /// The temporary directory that everything lies in.
    public let directory: FilePath
    /// sendmail.cf.
    public var configurationFile: FilePath { directory.appending("sendmail.cf") }
    /// The control socket.
    public var controlSocket: FilePath { directory.appending("ctl") }
    /// The PID file.
    public var pidFile: FilePath { directory.appending("pid") }
    /// The file of help texts.
    public let helpFile: FilePath
    /// The file with the daemon's messages to syslog.
    public var log: FilePath { directory.appending("log") }
    /// The file with the daemon's standard output and standard error.
    public var output: FilePath { directory.appending("output") }
    /// The base queue directory.
    public var queue: FilePath { directory.appending("mq") }
    /// The SMTP port of 127.0.0.1.
    public let smtpPort: UInt16
    /// `SharedMemoryKey`, or `nil` when it is not set.
    public let sharedMemoryKey: Int32?
  }

  /// The files of the daemon.
  public let places: Places
  /// The program that was started.
  public let sendmail: RealSendmail
  /// The user that it was started as.
  public let user: SystemUser
  /// The options that it was started with.
  public let options: Options

  init(places: Places, sendmail: RealSendmail, user: SystemUser, options: Options) {
    self.places = places
    self.sendmail = sendmail
    self.user = user
    self.options = options
  }

  /// The control socket.
  public var controlSocket: FilePath { places.controlSocket }

  /// The daemon's process id, as its PID file tells it now.
  ///
  /// - Throws: ``HarnessError`` when there is no whole PID file.
  public var pid: Int32 {
    get throws {
      guard let pid = pidFromFile() else {
        throw HarnessError("\(places.pidFile) does not hold a process id; \(diagnosis)")
      }
      return pid
    }
  }

  /// The process ids of the daemon, its children, and children of a daemon before a restart.
  public var processes: [Int32] { DaemonProcesses(directory: places.directory).running() }

  /// Returns whether the process `pid` is there. One that has ended and was not waited for is not.
  public func isRunning(_ pid: Int32) -> Bool {
    DaemonProcesses(directory: places.directory).contains(pid)
  }

  /// Everything the daemon has told syslog so far.
  public var log: String { text(of: places.log) }

  /// Everything the daemon has written to standard output and standard error so far.
  public var output: String { text(of: places.output) }

  /// Connects to the control socket.
  ///
  /// - Throws: ``HarnessError`` when the connection is refused.
  public func connect(timeout: Duration = .seconds(120)) throws -> RawControlClient {
    try RawControlClient(controlSocket, timeout: timeout)
  }

  /// Sends `command` as a line to the control socket and reads the reply.
  ///
  /// - Throws: as ``RawControlClient/exchange(_:_:timeout:)`` does.
  public func reply(to command: String) async throws -> RawReply {
    try await RawControlClient.exchange(controlSocket, command)
  }

  /// Opens an SMTP session, as soon as the daemon listens for it, and waits for the greeting.
  ///
  /// - Throws: ``HarnessError`` when the daemon refuses it.
  public func openSMTPSession() async throws -> SMTPSession {
    // sendmail listens there a moment after it has written its PID file.
    try await eventually("a listener on port \(places.smtpPort)") {
      try LoopbackPort.hasListener(places.smtpPort)
    }
    return try await SMTPSession.open(port: places.smtpPort)
  }

  /// Runs sendmail with the daemon's own configuration, as the daemon's user: `["-bP"]`, `["-q"]`.
  ///
  /// - Throws: as ``ProcessRunner`` does.
  public func runSendmail(_ arguments: [String], input: [UInt8] = []) async throws
    -> ProcessOutcome
  {
    try await ProcessRunner.run(
      sendmail.binary, ["-C\(places.configurationFile)"] + arguments, environment: environment,
      input: input, workingDirectory: places.directory, user: user)
  }

  /// The variables that sendmail processes of this daemon get over those of the test process.
  var environment: [String: String?] {
    sendmail.environment.mapValues { .some($0) }
      .merging(["SMCONTROL_TEST_SYSLOG": .some(places.log.string)]) { _, new in new }
  }

  /// Returns the identity of the control socket's file. It differs after a restart.
  public func socketIdentity() -> SocketIdentity? { SocketIdentity(controlSocket) }

  /// Waits until a daemon listens on a control socket other than `old`, and has written its PID
  /// file.
  ///
  /// - Throws: ``HarnessError`` when that does not come about.
  public func waitForRestart(from old: SocketIdentity?) async throws {
    try await eventually("a restarted daemon; \(diagnosis)") {
      guard let new = socketIdentity(), new != old, let pid = pidFromFile() else { return false }
      // A socket is there a moment before sendmail listens on it.
      return try isRunning(pid) && (try? connect())?.peer.pid == pid
    }
  }

  /// The daemon's output, for the message of a failure.
  public var diagnosis: String {
    "it wrote: \(output.isEmpty ? "nothing" : output); it logged: \(log.isEmpty ? "nothing" : log)"
  }

  /// The process id in the PID file, or `nil` unless the file is there and whole.
  func pidFromFile() -> Int32? {
    // The second line is the command line; only then was everything written.
    let lines = text(of: places.pidFile).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 3 else { return nil }
    return Int32(lines[0])
  }

  private func text(of file: FilePath) -> String {
    String(decoding: FileManager.default.contents(atPath: file.string) ?? Data(), as: UTF8.self)
  }
}
