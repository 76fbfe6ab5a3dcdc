// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControlDaemon

/// The options about what the daemon says and does.
struct BehaviourOptions: ParsableArguments {
  @Flag var manner = Manner.foreground

  @Option(help: ArgumentHelp("Do what this JSON file says.", valueName: "file"))
  var scenario: String?

  @Flag(help: "Make up a busy daemon: children, queues and load come and go.")
  var lively = false

  @Option(help: ArgumentHelp("Make up another busy daemon with --lively.", valueName: "number"))
  var seed: UInt64?

  func validate() throws {
    if lively && scenario != nil {
      throw ValidationError("--lively and --scenario cannot be had together.")
    }
    if seed != nil && !lively { throw ValidationError("--seed says nothing without --lively.") }
  }

  /// What is to become of the daemon while it runs; `configuration` is made that of the start.
  ///
  /// - Throws: ``ScenarioFileError`` when there is a scenario that cannot be read or makes no sense.
  func life(startingWith configuration: inout DaemonConfiguration) throws -> DaemonLife {
    var settings = DaemonSettings()
    settings.mode = manner.mode
    settings.apply(to: &configuration)
    if let scenario {
      let story = try ScenarioFileError.read(scenario)
      story.prepare(&configuration)
      return .scenario(story)
    }
    guard lively else { return .idle }
    var life = LivelyDaemon(seed: seed ?? 1)
    life.prepare(&configuration.state)
    return .lively(life)
  }
}

/// Which daemon is mimicked. smcontrold itself stays in the foreground either way.
enum Manner: EnumerableFlag {
  case foreground
  case background

  var mode: DaemonMode {
    switch self {
    case .foreground: .foreground
    case .background: .background
    }
  }

  static func help(for value: Manner) -> ArgumentHelp? {
    switch value {
    case .foreground: "Answer as sendmail -bD."
    case .background:
      "Answer as sendmail -bd: help without reply codes, and a new process id at a restart."
    }
  }
}
