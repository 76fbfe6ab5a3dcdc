// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControl
internal import SendmailControlDaemon
internal import SystemPackage

/// The options about the socket and related files.
struct SocketOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The path of the control socket, at most \(ControlLimits.longestSocketPath) bytes.",
      discussion: "A socket that is there already is replaced, as sendmail does. Any other file is "
        + "left alone and refused, unless --replace-file is given.",
      valueName: "path"))
  var socket: String?

  @Option(
    help: ArgumentHelp(
      "Take socket, PID file, limits, ports, help file and timeout from this sendmail.cf.",
      discussion: "Other options override the file. A file that a real daemon would not "
        + "start with is refused with that daemon's exit status.",
      valueName: "file"),
    completion: .file())
  var cf: String?

  @Option(
    help: ArgumentHelp(
      """
      The permission bits of the socket, in octal: 0600 is sendmail's, which is the default, \
      0660 Debian's.
      """, valueName: "mode"))
  var mode: PermissionBits?

  @Option(help: ArgumentHelp("Write process id and command line to this file.", valueName: "path"))
  var pidFile: String?

  @Option(
    help: ArgumentHelp(
      """
      End a connection after so many seconds (Timeout.control); 0 means never. \
      (default: \(ControlLimits.defaultControlTimeout))
      """, valueName: "seconds"))
  var timeout: Int?

  @Flag(help: "Allow a sticky directory such as /tmp in the path (TrustStickyBit).")
  var trustStickyBit = false

  @Flag(
    help: """
      Replace whatever sendmail would replace at the socket's path, a regular file included. Not an \
      executable file, a link, or a file of another user.
      """)
  var replaceFile = false

  @Flag(help: "Do not check whether the socket's path is safe. Unlike sendmail.")
  var unsafePath = false

  func validate() throws {
    if socket == nil && cf == nil {
      throw ValidationError("--socket or --cf must say where to listen.")
    }
    guard timeout ?? 0 >= 0 else { throw ValidationError("--timeout must be 0 or more seconds.") }
    if trustStickyBit && unsafePath {
      throw ValidationError("--trust-sticky-bit has no effect with --unsafe-path.")
    }
    if replaceFile && unsafePath {
      throw ValidationError("--replace-file needs sendmail's checks; leave out --unsafe-path.")
    }
  }

  /// A daemon as the options describe it, over what the configuration file says.
  ///
  /// - Throws: ``ConfigurationFileError``.
  func configuration() throws(ConfigurationFileError) -> DaemonConfiguration {
    var configuration = DaemonConfiguration()
    configuration.makesDirectory = false
    configuration.commandLine = CommandLine.arguments
    configuration.pathRules = .ofThisProcess(trustsStickyBit: trustStickyBit)
    if let cf {
      try ConfigurationSettings(file: cf, trustsStickyBit: trustStickyBit).apply(to: &configuration)
    }
    if let socket { configuration.socketPath = FilePath(socket) }
    if let mode { configuration.socketMode = mode.value }
    if let pidFile { configuration.pidFile = FilePath(pidFile) }
    if let timeout { configuration.controlTimeout = timeout > 0 ? .seconds(timeout) : nil }
    if unsafePath { configuration.pathRules = .off }
    configuration.replacesFiles = replaceFile
    return configuration
  }
}

/// Permission bits given in octal.
struct PermissionBits: ExpressibleByArgument, CustomStringConvertible {
  let value: FilePermissions

  init?(argument: String) {
    guard let value = UInt32(argument, radix: 8), value <= 0o777 else { return nil }
    self.value = FilePermissions(rawValue: CModeT(value))
  }

  var description: String { Units.mode(UInt32(value.rawValue)) }
}
