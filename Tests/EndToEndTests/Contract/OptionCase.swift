// SPDX-License-Identifier: GPL-3.0-or-later

/// An option, and a situation in which it shows an effect.
struct OptionCase: Sendable {
  /// The required effect of the option where a command lists it.
  enum Effect: Sendable {
    /// Another request, output, exit status, file or run of sendmail than without it.
    case difference
    /// A wait that ends.
    case endOfWait
    /// A refusal with 77 of each command that changes something, and nothing for the others.
    case refusalOfActions
  }

  /// The daemon that a case needs.
  enum Daemon: Sendable {
    /// None, where `start` does something.
    case none
    case answering
    case silent
    /// One that says OK to a restart, and does not come back.
    case gone
    /// One at whose path another one was started, which holds the PID file.
    case shadowed
    /// One that answers, and refuses SMTP connections with one child more.
    case full
  }

  /// The commands that the case is about; `nil` for all that list the option.
  var commands: [String]?
  /// The option as it is given, where `@OTHER@` is the directory of another daemon.
  let words: [String]
  /// Options that must be there as well.
  var others: [String] = []
  var effect = Effect.difference
  var daemon = Daemon.answering
  /// A line of the shell that says the same for the lines after it.
  var line: String?
  /// True if smcontrol without a command takes it, as a default for all lines.
  var isSessionDefault = false

  /// The option's name.
  var name: String { words[0] }

  /// Returns whether the case is the one for `command`.
  func isFor(_ command: String) -> Bool { commands?.contains(command) ?? true }

  /// A case for each option; one for certain commands comes before the one for all.
  static let all: [OptionCase] = [
    OptionCase(
      commands: ["help"], words: ["-f", "@OTHER@/ctl"], others: ["--daemon"],
      line: "use @OTHER@/ctl", isSessionDefault: true),
    OptionCase(
      commands: ["help"], words: ["-C", "@OTHER@/sendmail.cf"], others: ["--daemon"],
      line: "use -C @OTHER@/sendmail.cf", isSessionDefault: true),
    OptionCase(
      commands: ["help"], words: ["-O", "ControlSocketName=@OTHER@/ctl"], others: ["--daemon"],
      line: "use -OControlSocketName=@OTHER@/ctl", isSessionDefault: true),
    OptionCase(
      commands: ["help"], words: ["--timeout", "0.5"], others: ["--daemon"],
      effect: .endOfWait, daemon: .silent, line: "timeout 0.5", isSessionDefault: true),
    OptionCase(commands: ["help"], words: ["-v"], others: ["--daemon"], isSessionDefault: true),
    // In the shell its own list has the commands of the shell, too.
    OptionCase(
      commands: ["help"], words: ["--format", "json"], others: ["--daemon"], line: "format json",
      isSessionDefault: true),
    OptionCase(
      commands: ["help"], words: ["--read-only"], others: ["--daemon"],
      effect: .refusalOfActions, isSessionDefault: true),
    OptionCase(
      commands: ["help", "queues"], words: ["--query"], others: ["--daemon"], daemon: .full),
    OptionCase(
      commands: ["queues"], words: ["-f", "@OTHER@/ctl"], others: ["--daemon"],
      line: "use @OTHER@/ctl", isSessionDefault: true),
    OptionCase(
      commands: ["queues"], words: ["-O", "ControlSocketName=@OTHER@/ctl"], others: ["--daemon"],
      line: "use -OControlSocketName=@OTHER@/ctl", isSessionDefault: true),
    OptionCase(
      commands: ["queues"], words: ["--timeout", "0.5"], others: ["--daemon"],
      effect: .endOfWait, daemon: .silent, line: "timeout 0.5", isSessionDefault: true),
    OptionCase(
      commands: ["check"], words: ["-C", "@OTHER@/sendmail.cf"], others: ["--query"],
      line: "use -C @OTHER@/sendmail.cf", isSessionDefault: true),
    OptionCase(
      commands: ["check"], words: ["-O", "ControlSocketName=@OTHER@/ctl"], others: ["--query"],
      line: "use -OControlSocketName=@OTHER@/ctl", isSessionDefault: true),
    OptionCase(
      commands: ["check"], words: ["-o", "Q@OTHER@"], others: ["-vv"], line: "use -oQ@OTHER@",
      isSessionDefault: true),
    OptionCase(
      commands: ["check"], words: ["--timeout", "3"], others: ["--query"],
      effect: .endOfWait, daemon: .silent, line: "timeout 3", isSessionDefault: true),
    OptionCase(
      commands: ["metrics"], words: ["--timeout", "0.001"], line: "timeout 0.001",
      isSessionDefault: true),
    OptionCase(commands: ["check"], words: ["--query"]),
    OptionCase(commands: ["check"], words: ["--all"], others: ["-vv"]),
    OptionCase(
      commands: ["stats", "metrics"], words: ["-O", "StatusFile=@OTHER@/none"],
      line: "use -OStatusFile=@OTHER@/none", isSessionDefault: true),
    OptionCase(
      words: ["-f", "@OTHER@/ctl"], line: "use @OTHER@/ctl", isSessionDefault: true),
    OptionCase(
      words: ["-C", "@OTHER@/sendmail.cf"], line: "use -C @OTHER@/sendmail.cf",
      isSessionDefault: true),
    OptionCase(words: ["-A", "c"]),
    OptionCase(
      words: ["-O", "ControlSocketName=@OTHER@/ctl"], line: "use -OControlSocketName=@OTHER@/ctl",
      isSessionDefault: true),
    OptionCase(
      words: ["-o", "Q@OTHER@"], line: "use -oQ@OTHER@", isSessionDefault: true),
    OptionCase(
      words: ["--timeout", "0.5"], effect: .endOfWait, daemon: .silent, line: "timeout 0.5",
      isSessionDefault: true),
    OptionCase(words: ["--format", "json"], line: "format json", isSessionDefault: true),
    OptionCase(commands: ["queues"], words: ["-v"], others: ["--daemon"], isSessionDefault: true),
    OptionCase(words: ["-v"], isSessionDefault: true),
    OptionCase(words: ["--read-only"], effect: .refusalOfActions, isSessionDefault: true),
    OptionCase(
      words: ["--color", "always"], others: ["--format", "terminal"], isSessionDefault: true),

    OptionCase(words: ["--sort", "pid"], others: ["--format", "terminal"]),
    OptionCase(words: ["--kind", "queue-runner"], others: ["--format", "terminal"]),
    OptionCase(words: ["--peer", "192.0.2.1"], others: ["--format", "terminal"]),
    OptionCase(words: ["--older-than", "0"], others: ["--format", "terminal"]),
    OptionCase(words: ["--by-peer"], others: ["--format", "terminal"]),
    OptionCase(words: ["--passive"]),
    OptionCase(words: ["--is", "rejecting"]),
    OptionCase(words: ["--quiet"]),
    OptionCase(words: ["--query"], daemon: .full),
    OptionCase(words: ["--output", "@DIR@/dump"]),
    OptionCase(words: ["--textfile", "@DIR@/dump"]),

    OptionCase(
      commands: ["start"], words: ["--wait", "--wait-timeout", "0.5"], daemon: .none),
    OptionCase(commands: ["shutdown"], words: ["--wait", "--wait-timeout", "0.5"]),
    OptionCase(words: ["--wait"]),
    OptionCase(
      commands: ["start"], words: ["--wait-timeout", "0.5"], others: ["--wait"],
      effect: .endOfWait, daemon: .none),
    OptionCase(
      words: ["--wait-timeout", "0.5"], others: ["--wait"], effect: .endOfWait, daemon: .gone),
    OptionCase(commands: ["config"], words: ["--sendmail", "/bin/true"], others: ["--check"]),
    OptionCase(words: ["--sendmail", "/bin/true"], daemon: .none),
    OptionCase(commands: ["shutdown"], words: ["--force"], daemon: .shadowed),
    OptionCase(words: ["--force"], others: StartupRefusalTests.broken),

    OptionCase(words: ["--all"]),
    OptionCase(words: ["--check"]),
    OptionCase(words: ["--changed"]),
    OptionCase(words: ["--value"], others: ["QueueDirectory"]),
    OptionCase(words: ["--by-domain"]),
    OptionCase(words: ["--by-sender-domain"]),
    OptionCase(words: ["--by-status"]),
    OptionCase(words: ["--by-loss"]),
    OptionCase(words: ["--top", "1"], others: ["--by-domain"]),
    OptionCase(words: ["--daemon"]),
    OptionCase(words: ["--notes"]),
    OptionCase(words: ["--explain", "socket.mode"]),

    OptionCase(words: ["--state"]),
    OptionCase(words: ["--children", "1"]),
    OptionCase(words: ["--load", "1000"]),
    OptionCase(words: ["--space", "1:"]),
    OptionCase(words: ["--messages", "0"]),
    OptionCase(words: ["--oldest", "1h"]),
    OptionCase(words: ["--quarantined", "1"]),
    OptionCase(words: ["--lost", "1"]),
    OptionCase(words: ["--incomplete", "1"]),
    OptionCase(words: ["--audit", "1000"]),
    OptionCase(words: ["--config"]),
    OptionCase(words: ["--ports", "1"]),
    OptionCase(words: ["--config-age", "1h"]),
    OptionCase(words: ["-w", "0"], others: ["--messages"]),
    OptionCase(words: ["-c", "0"], others: ["--messages"]),
    OptionCase(words: ["--group", "none"]),
  ]

  /// Options whose effect shows on a terminal only; ``TerminalOptionRows`` has their rows.
  static let onTerminal = ["--yes", "--no-pager"]

  /// Options of the shell, which no command takes.
  static let ofShell = [["-e", "status"], ["--keep-going"], ["--no-poll"]]
}
