// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The daemon and the configuration that a command is about, and how the exchange goes. Each command takes
/// those of these options that it uses.
struct ConnectionOptions: Sendable {
  static let socket = Option(
    "-f", "--socket", value: "socket", .socket,
    help: "The control socket, instead of the one sendmail.cf names.", .namesDaemon)
  static let configurationFile = Option(
    "-C", "--cf", value: "file", .configurationFile,
    help: "The configuration file, instead of /etc/mail/sendmail.cf.", .namesDaemon)
  static let kind = Option(
    "-A", value: "m|c", .letter,
    help: "Read sendmail.cf (m, the default) or submit.cf (c), as sendmail's own option.",
    .namesDaemon)
  static let setting = Option(
    "-O", value: "name=value", .any,
    help: "Set an option over the configuration file, as sendmail's own option; may be repeated.",
    [.repeated, .verbatim, .namesDaemon])
  static let letterSetting = Option(
    "-o", value: "letter-value", .any,
    help: "The same with a letter, the form before V8.7: -oQ/var/spool/mqueue.",
    [.repeated, .verbatim, .namesDaemon])
  static let timeout = Option(
    "-t", "--timeout", value: "seconds", .seconds,
    help: "How long an exchange may take (default: 10).")
  static let format = Option(
    "--format", value: "format", ValueKind<OutputFormat>.words,
    help: "How to print the result (default: terminal on a terminal, else classic).")
  static let verbose = OptionSpec(
    "-v", "--verbose", help: "Trace on standard error what is read, sent and received.")
  static let readOnly = OptionSpec(
    "--read-only", help: "Refuse restart, shutdown, start, memdump and send.")

  /// Those of a command that asks the daemon.
  static let all: [OptionSpec] =
    [socket.spec] + file + [timeout.spec, format.spec, verbose, readOnly]

  /// Those that name a configuration file and change what it says.
  static let file: [OptionSpec] = [configurationFile.spec, setting.spec, letterSetting.spec]

  /// Those of a command that reads the configuration file and asks no one.
  static let local: [OptionSpec] = file + [kind.spec, format.spec, readOnly]

  /// The control socket.
  var socket: FilePath?
  /// The configuration file.
  var configurationFile: FilePath?
  /// The one of sendmail's two configuration files to read.
  var kind: ConfigurationKind?
  /// `-O` and `-o`, in the order typed.
  var overrides: [OptionOverride]
  /// The time that an exchange may take.
  var timeout: Duration?
  /// The format of the result.
  var format: OutputFormat?
  /// True to trace on standard error.
  var verbose: Bool
  /// True to refuse what does more than read.
  var readOnly: Bool

  /// The options of `line`.
  ///
  /// - Throws: ``UsageError``.
  init(_ line: ParsedLine) throws(UsageError) {
    socket = try line[Self.socket]
    configurationFile = try line[Self.configurationFile]
    kind = try line[Self.kind]
    overrides = line.inOrder(Self.setting.spec, Self.letterSetting.spec).map {
      $0.option == Self.setting.spec ? .long($0.value) : .short($0.value)
    }
    timeout = try line[Self.timeout]
    format = try line[Self.format]
    verbose = line[Self.verbose]
    readOnly = line[Self.readOnly]
  }
}
