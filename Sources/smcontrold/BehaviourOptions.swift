// SPDX-License-Identifier: GPL-3.0-or-later

internal import ArgumentParser
internal import SendmailControlDaemon

/// The options about the replies and the state of the daemon.
struct BehaviourOptions: ParsableArguments {
  @Flag var mode = DaemonProgramMode.foreground

  @Flag(
    help:
      "Simulate a busy daemon: children, which are processes of cat(1), queues and load come and go."
  )
  var lively = false

  @Option(help: ArgumentHelp("Random seed for --lively.", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Inject a fault into every connection, or into every restart.",
      discussion: "Kinds: " + FaultForm.all.map(\.usage).joined(separator: ", ") + ".",
      valueName: "kind"),
    transform: FaultForm.fault)
  var fault: Fault?

  func validate() throws {
    if seed != nil && !lively { throw ValidationError("--seed requires --lively.") }
  }

  /// Sets in `configuration` what the options say.
  ///
  /// - Returns: the simulation to run on the daemon, or `nil`.
  func apply(to configuration: inout DaemonConfiguration) -> LoadSimulator? {
    configuration.state.mode = mode.mode
    configuration.fault = fault
    guard lively else { return nil }
    var simulation = LoadSimulator(seed: seed ?? 1, children: StandInProcesses()?.children)
    simulation.prepare(&configuration.state)
    return simulation
  }
}

/// The daemon that is imitated. smcontrold itself stays in the foreground either way.
enum DaemonProgramMode: EnumerableFlag {
  case foreground
  case background

  var mode: DaemonMode {
    switch self {
    case .foreground: .foreground
    case .background: .background
    }
  }

  static func help(for value: DaemonProgramMode) -> ArgumentHelp? {
    switch value {
    case .foreground: "Answer as sendmail -bD."
    case .background:
      "Answer as sendmail -bd: help without reply codes, and a new process id at a restart."
    }
  }
}
