// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// The state that a shell keeps from one line to the next.
final class ShellSession {
  /// The options that hold for every line that does not override them.
  private(set) var options: ParsedLine
  /// The same of those about the daemon.
  private(set) var connection: ConnectionOptions
  /// The same of those about what is shown.
  let display: DisplayOptions
  /// True if a user at a terminal can be asked and reads messages.
  let isInteractive: Bool
  /// The daemon's state.
  private(set) var tracker = PresenceTracker()
  /// The last reply to `status` or `mstat`.
  private(set) var lastStatus: DaemonStatus?
  /// True if the daemon has acknowledged a restart, and has not answered since.
  var expectsRestart = false
  /// The lines of the history, the newest last.
  var history: [String] = []
  /// Asks the user and returns the answer; `nil` when there is none, or no user.
  var ask: ((_ question: String) -> String?)?
  /// True if `quit` was typed.
  var isOver = false
  private var observer = DaemonObserver(DaemonPlace())
  private var warnings: Set<String> = []

  /// A session with these options.
  ///
  /// - Throws: ``UsageError`` for a value that is none.
  init(options: ParsedLine, isInteractive: Bool) throws(UsageError) {
    self.options = options
    self.isInteractive = isInteractive
    connection = try ConnectionOptions(options)
    display = try DisplayOptions(options)
  }

  /// Switches to the daemon that `names` say.
  ///
  /// - Throws: ``UsageError`` for a value that is none.
  func use(_ names: [ParsedLine.Given], in context: CommandContext) throws(UsageError) {
    var options = options
    options.removeOptions { $0.traits.contains(.namesDaemon) }
    for name in names { options.add(name.option, name.value) }
    try set(options)
    tracker = PresenceTracker()
    lastStatus = nil
    expectsRestart = false
    resolvePlace(in: context)
  }

  /// Sets `option` for the lines from now on; without a value, what was set does not hold any more.
  ///
  /// - Throws: ``UsageError`` for a value that is none.
  func set(_ option: OptionSpec, to value: Word?) throws(UsageError) {
    var options = options
    options.removeOptions { $0 == option }
    if let value { options.add(option, value) }
    try set(options)
  }

  private func set(_ options: ParsedLine) throws(UsageError) {
    connection = try ConnectionOptions(options)
    self.options = options
  }

  /// Returns the setting that forbids every command that is not read-only, or `nil`.
  func readOnlyOrigin(_ environment: EnvironmentVariables) -> String? {
    if connection.readOnly { return ConnectionOptions.readOnly.name }
    return environment.isReadOnly ? EnvironmentVariables.Name.readOnly.rawValue : nil
  }

  /// Finds the place to observe. A configuration that cannot be read is a matter for the commands that
  /// need it.
  func resolvePlace(in context: CommandContext) {
    let target = try? Target(connection, context: context)
    observer = DaemonObserver(target?.place() ?? DaemonPlace())
  }

  /// Observes the daemon, without a connection.
  func poll() {
    var observation = observer.observe(tracker.wants, following: tracker.processID)
    if tracker.needsLock(after: observation) {
      observation.pidFile = observer.observe([.files, .lock]).pidFile
    }
    tracker.note(observation)
  }

  /// Returns whether to print `warning`: the first time only.
  func shouldWarn(_ warning: String) -> Bool {
    warnings.insert(warning).inserted
  }
}

extension ShellSession {
  /// Records a reply to `status` or `mstat`.
  func record(_ status: DaemonStatus) {
    expectsRestart = false
    lastStatus = status
    let before = tracker
    tracker.note(status)
    if status.daemon == nil, tracker != before { poll() }
  }

  /// Records another reply, of the process `peer`.
  func record(replyOf peer: PeerCredentials?) {
    expectsRestart = false
    let before = tracker
    tracker.note(peer: peer?.processID)
    // Its state shows in its title.
    if tracker != before { poll() }
  }

  /// Records that the daemon could not be asked, or did not answer.
  func record(_ code: ControlError.Code) {
    guard let cause = NoReplyDiagnosis.Cause(code) else { return }
    tracker.note(cause)
    // One that accepts the connections that wait is seen to run again.
    if tracker.presence == .notAnswering { poll() }
  }
}
