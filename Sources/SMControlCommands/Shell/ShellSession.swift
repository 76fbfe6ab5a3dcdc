// SPDX-License-Identifier: GPL-3.0-or-later

internal import ControlClient
internal import SendmailControl
internal import SystemPackage

/// What a shell remembers from one line to the next.
final class ShellSession {
  /// What holds for every line that does not say otherwise.
  private(set) var options: ShellOptions
  /// Whether somebody sits at a terminal: who can be asked, and who wants to be told.
  let isInteractive: Bool
  /// How the daemon was at the last look.
  private(set) var glance = DaemonGlance(.unknown)
  /// The last reply to `status` or `mstat`.
  private(set) var lastStatus: DaemonStatus?
  /// The lines of the history, the newest last.
  var history: [String] = []
  /// Asks the user and returns the answer; `nil` when there is none, or nobody to ask.
  var ask: ((_ question: String) -> String?)?
  /// Whether `quit` was typed.
  var isOver = false
  /// How many files are being read by `source` inside each other.
  var sourceDepth = 0
  /// What the daemon announces in its help, once it has been asked.
  var announced: [AnnouncedCommand]?
  /// Where the daemon is looked for from outside.
  private(set) var surroundings = Surroundings()
  private var warnings: Set<String> = []

  /// Where the daemon shows without being asked.
  struct Surroundings {
    var socket: FilePath?
    var pidFile: FilePath?
    var titlePrefix: [UInt8] = []
  }

  init(options: ShellOptions, isInteractive: Bool) {
    self.options = options
    self.isInteractive = isInteractive
  }

  /// Means another daemon from now on: the one of `connection`.
  func use(_ connection: ConnectionOptions, in context: CommandContext) {
    options.connection.adoptTarget(of: connection)
    glance = DaemonGlance(.unknown)
    lastStatus = nil
    announced = nil
    lookAround(in: context)
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

  /// Finds out where the daemon shows from outside. A configuration that cannot be read is a matter for
  /// the commands that need it.
  func lookAround(in context: CommandContext) {
    guard let target = try? Target(options.connection, context: context) else {
      surroundings = Surroundings()
      return
    }
    let configuration = target.configuration
    surroundings = Surroundings(
      socket: target.endpoint.path, pidFile: configuration.map { FilePath(bytes: $0.pidFile) },
      titlePrefix: configuration.map { StatusThresholds($0).titlePrefix } ?? [])
  }

  /// Looks at the daemon from outside, without a connection, and remembers how it is.
  func lookFromOutside() {
    glance = PassiveLook.glance(
      socket: surroundings.socket, pidFile: surroundings.pidFile,
      titlePrefix: surroundings.titlePrefix, last: glance)
  }

  /// Whether `warning` has not been said before.
  func isNews(_ warning: String) -> Bool {
    warnings.insert(warning).inserted
  }
}

extension ShellSession {
  /// The daemon said how it is.
  func saw(_ status: DaemonStatus) {
    lastStatus = status
    guard let daemon = status.daemon else { return answered(by: nil) }
    let isLocal = daemon.evidence == .peerCredentials
    glance = DaemonGlance(
      .running(daemon.condition), processID: isLocal ? daemon.pid : glance.processID)
  }

  /// The daemon said something.
  func answered(by peer: PeerCredentials?) {
    let process = peer?.processID ?? glance.processID
    if case .running = glance.presence, process == glance.processID { return }
    glance = DaemonGlance(.running(.unknown), processID: process)
    // What it is doing shows in its title.
    lookFromOutside()
  }

  /// The daemon could not be asked, or did not answer.
  func failed(_ code: ControlError.Code) {
    switch code {
    case .noSuchSocket, .nobodyListens: glance.presence = .down
    case .noPermission: glance.presence = .noPermission
    case .listenQueueFull, .deadlinePassed:
      glance.presence = .notAnswering
      // When it accepts those who wait now, it is seen to live again.
      lookFromOutside()
    case .pathTooLong, .notASocket: glance.presence = .noSocket
    case .connectionBroken, .replyTooLong, .interrupted, .system: break
    }
  }
}
