// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
public import SendmailControlDaemon
public import SystemPackage

/// A ``ControlDaemon`` in a directory of its own, for one test.
public struct ScratchDaemon: Sendable {
  /// The daemon.
  public let daemon: ControlDaemon
  /// The directory of the socket `ctl`, the PID file `pid` and the configuration file `sendmail.cf`.
  public let directory: TemporaryDirectory

  /// The control socket.
  public var socket: FilePath { directory["ctl"] }
  /// The configuration file, which names the socket and the PID file.
  public var configurationFile: FilePath { directory["sendmail.cf"] }

  /// Runs `body` with a daemon that is shut down whatever happens.
  ///
  /// `prepare` changes the configuration before the start. It names the socket and the PID file,
  /// and trusts the sticky bit of `/tmp`.
  @discardableResult
  public static func run<Result>(
    _ prepare: (inout DaemonConfiguration) -> Void = { _ in },
    body: (ScratchDaemon) async throws -> Result
  ) async throws -> Result {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    var configuration = configuration(in: directory)
    prepare(&configuration)
    try writeConfigurationFile(in: directory)
    return try await withControlDaemon(configuration) { daemon in
      try await body(ScratchDaemon(daemon: daemon, directory: directory))
    }
  }

  /// Returns the configuration of a daemon in `directory`.
  public static func configuration(in directory: TemporaryDirectory) -> DaemonConfiguration {
    var configuration = DaemonConfiguration(socketPath: directory["ctl"])
    configuration.makesDirectory = false
    configuration.pidFile = directory["pid"]
    configuration.pathRules = .checked(
      by: PathSafetyRules(trustsStickyBit: true, runAsUser: geteuid(), runAsGroup: getegid()))
    return configuration
  }

  /// The lines of the mailers without which no sendmail starts. Delivery is a program that does nothing.
  public static let mailers = [
    "Mlocal, P=/bin/true, F=lsDFMm, A=true", "Mprog, P=/bin/true, F=lsDFMm, A=true",
  ]

  /// Writes a `sendmail.cf` for a daemon in `directory`, with `lines` at its end.
  ///
  /// - Throws: ``HarnessError`` when it cannot be written.
  public static func writeConfigurationFile(
    in directory: TemporaryDirectory, lines: [String] = []
  ) throws {
    // A port without a listener, so that no test speaks to a mail system of the machine.
    let text =
      [
        "V10/Berkeley", "O QueueDirectory=\(directory.path.string)", "O ControlSocketName=ctl",
        "O PidFile=\(directory["pid"].string)",
        "O DaemonPortOptions=Name=MTA, Addr=127.0.0.1, Port=1",
      ] + mailers + lines
    try directory.write(text.joined(separator: "\n") + "\n", to: "sendmail.cf")
  }
}
