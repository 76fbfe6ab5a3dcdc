// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import ControlDaemon
internal import SendmailControl

/// The options about the socket and the files beside it.
struct SocketOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The path of the control socket, at most \(ControlLimits.longestSocketPath) bytes.",
      discussion: "What is there already is removed, as sendmail does, unless it looks precious to "
        + "sendmail: a link, an executable file, a file of another user.",
      valueName: "path"))
  var socket: String

  @Option(
    help: ArgumentHelp(
      "The permission bits of the socket, in octal: 0600 is sendmail's, 0660 Debian's.",
      valueName: "mode"))
  var mode = PermissionBits(value: 0o600)

  @Option(help: ArgumentHelp("Write process id and command line to this file.", valueName: "path"))
  var pidFile: String?

  @Option(
    help: ArgumentHelp(
      "End a connection after so many seconds (Timeout.control); 0 means never.",
      valueName: "seconds"))
  var timeout = ControlLimits.defaultControlTimeout

  @Flag(help: "Allow a sticky directory such as /tmp in the path (TrustStickyBit).")
  var trustStickyBit = false

  @Flag(help: "Do not check whether the socket's path is safe. Unlike sendmail.")
  var unsafePath = false

  func validate() throws {
    guard timeout >= 0 else { throw ValidationError("--timeout must be 0 or more seconds.") }
    if trustStickyBit && unsafePath {
      throw ValidationError("--trust-sticky-bit says nothing with --unsafe-path.")
    }
  }

  /// What the options say.
  private var settings: DaemonSettings {
    var settings = DaemonSettings()
    settings.socketPath = Array(socket.utf8)
    settings.socketMode = mode.value
    settings.pidFile = pidFile.map { Array($0.utf8) }
    settings.controlTimeout = .seconds(timeout)
    settings.pathCheck =
      unsafePath ? PathCheck.none : .ofThisProcess(trustsStickyBit: trustStickyBit)
    return settings
  }

  /// A daemon as the options describe it.
  var configuration: DaemonConfiguration {
    var configuration = DaemonConfiguration(socketPath: [])
    configuration.commandLine = CommandLine.arguments
    settings.apply(to: &configuration)
    return configuration
  }
}

/// Permission bits given in octal.
struct PermissionBits: ExpressibleByArgument, CustomStringConvertible {
  let value: UInt32

  init(value: UInt32) {
    self.value = value
  }

  init?(argument: String) {
    guard let value = UInt32(argument, radix: 8), value <= 0o777 else { return nil }
    self.value = value
  }

  var description: String { "0" + String(value, radix: 8) }
}
