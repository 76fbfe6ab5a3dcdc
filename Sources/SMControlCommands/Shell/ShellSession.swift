// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// The state that a shell keeps from one line to the next.
final class ShellSession {
  /// The options that hold for every line that does not say otherwise.
  private(set) var options: ShellOptions
  /// Whether a user is at a terminal, who can be asked and wants to be told.
  let isInteractive: Bool
  /// The daemon's state.
  private(set) var tracker = PresenceTracker()
  /// The last reply to `status` or `mstat`.
  private(set) var lastStatus: DaemonStatus?
  /// The lines of the history, the newest last.
  var history: [String] = []
  /// Asks the user and returns the answer; `nil` when there is none, or no user.
  var ask: ((_ question: String) -> String?)?
  /// Whether `quit` was typed.
  var isOver = false
  /// What the daemon announces in its help, once it has been asked.
  var announced: [AnnouncedCommand]?
  private var observer = DaemonObserver(DaemonPlace())
  private var warnings: Set<String> = []

  init(options: ShellOptions, isInteractive: Bool) {
    self.options = options
    self.isInteractive = isInteractive
  }

  /// Switches to the daemon of `connection`.
  func use(_ connection: ConnectionOptions, in context: CommandContext) {
    options.connection.adoptTarget(of: connection)
    tracker = PresenceTracker()
    lastStatus = nil
    announced = nil
    resolvePlace(in: context)
  }

  /// Prints in this format from now on; `nil` for what each command takes by itself.
  func setFormat(_ word: String?) {
    options.connection.setFormat(word)
  }

  /// Gives an exchange this many seconds from now on.
  func setTimeout(_ word: String) {
    options.connection.setTimeout(word)
  }

  /// What forbids whatever is more than a look, or `nil`.
  func readOnlyOrigin(_ environment: Environment) -> String? {
    if options.connection.readOnly { return "--read-only" }
    return environment.isReadOnly ? Environment.Name.readOnly.rawValue : nil
  }

  /// Finds the place to observe. A configuration that cannot be read is a matter for the commands that
  /// need it.
  func resolvePlace(in context: CommandContext) {
    let target = try? Target(options.connection, context: context)
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

  /// Whether to print `warning`: the first time only.
  func shouldWarn(_ warning: String) -> Bool {
    warnings.insert(warning).inserted
  }
}

extension ShellSession {
  /// Records a reply to `status` or `mstat`.
  func record(_ status: DaemonStatus) {
    lastStatus = status
    let before = tracker
    tracker.note(status)
    if status.daemon == nil, tracker != before { poll() }
  }

  /// Records another reply, of the process `peer`.
  func record(replyOf peer: PeerCredentials?) {
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
