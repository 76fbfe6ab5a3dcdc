// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
public import ControlClient
public import SendmailControl

/// The options that every command takes, before or after its name.
struct ConnectionOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("socket")],
    help: ArgumentHelp(
      "The control socket, instead of the one sendmail.cf names.", valueName: "socket"),
    completion: .file())
  var socket: String?

  @Option(
    name: [.customShort("C"), .customLong("cf")],
    help: ArgumentHelp(
      "The configuration file, instead of /etc/mail/sendmail.cf.", valueName: "file"),
    completion: .file())
  var configurationFile: String?

  @Option(
    name: .customShort("A", allowingJoined: true),
    help: ArgumentHelp(
      "Read sendmail.cf (m, the default) or submit.cf (c), as sendmail's own option.",
      valueName: "m|c"))
  var kind: ConfigurationKind?

  @Option(
    name: .customShort("O", allowingJoined: true),
    help: ArgumentHelp(
      "Set an option over the configuration file, as sendmail's own option; may be repeated.",
      valueName: "name=value"))
  var settings: [String] = []

  @Option(
    name: .customShort("o", allowingJoined: true),
    help: ArgumentHelp(
      "The same for an option with a single letter: -oQ/var/spool/mqueue.",
      valueName: "letter-value"))
  var letterSettings: [String] = []

  @Option(help: ArgumentHelp("How long an exchange may take (default: 10).", valueName: "seconds"))
  var timeout: Seconds?

  @Option(
    help: ArgumentHelp(
      "How to print a reply (default: terminal on a terminal, else classic).",
      valueName: "format"))
  var format: OutputFormat?

  @Flag(name: .shortAndLong, help: "Trace on standard error what is read, sent and received.")
  var verbose = false
}

extension ConfigurationKind: ExpressibleByArgument {
  /// `m` or `c`, the letter behind sendmail's own `-A`.
  public init?(argument: String) {
    guard let kind = Self.allCases.first(where: { $0.letter == argument }) else { return nil }
    self = kind
  }

  /// The letters, for help and completion.
  public static var allValueStrings: [String] { allCases.map(\.letter) }

  private var letter: String {
    switch self {
    case .mta: "m"
    case .msp: "c"
    }
  }
}

extension OutputFormat: ExpressibleByArgument {}

/// A number of seconds greater than zero, fractions allowed.
struct Seconds: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let value = Double(argument), value > 0, value <= 1_000_000 else { return nil }
    duration = .nanoseconds(Int64(value * 1e9))
  }

  init(_ value: Int64) {
    duration = .seconds(value)
  }
}
