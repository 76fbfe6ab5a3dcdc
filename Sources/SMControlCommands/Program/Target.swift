// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The daemon to query and the way to reach it, from the options, and the environment after them. The
/// configuration file is read at most once: when it names the socket, or for a diagnosis.
struct Target {
  /// The time for all that a command does: reading the configuration, an exchange, and the diagnosis of its
  /// failure.
  let timeout: Duration
  /// The end of that time.
  private(set) var deadline: Deadline
  /// The control socket, or why there is none.
  let endpoint: Endpoint
  /// The configuration file and what is set over it.
  let choice: ConfigurationChoice
  /// True if the socket itself was named, and not a configuration that names it.
  let isSocketNamed: Bool
  let context: CommandContext
  let tracer: Tracer?

  /// The place where the daemon listens.
  enum Endpoint {
    /// At this socket.
    case socket(ControlSocket)
    /// Nowhere: the configuration sets no socket.
    case notConfigured(SendmailConfiguration)
  }

  /// Brings together what `options` and the environment say.
  ///
  /// `choice` is the choice of `options`, if it has been made. `timeout` is the time for an
  /// exchange when neither names one. `warns` is true to warn of what sendmail would say about the
  /// configuration.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/usage`` for an unusable value, ``ExitStatus/noInput``
  ///   when the configuration file is needed and cannot be read.
  init(
    _ options: ConnectionOptions, context: CommandContext, choice: ConfigurationChoice? = nil,
    timeout: Duration = .seconds(10), warns: Bool = true
  ) throws(CommandFailure) {
    let environment = context.environment
    self.context = context
    tracer = options.verbose ? Tracer(console: context.console) : nil
    self.timeout = try Self.timeout(options, environment, default: timeout)
    deadline = Deadline(after: self.timeout)
    var choice = choice ?? ConfigurationChoice(options, in: context)
    choice.deadline = deadline
    self.choice = choice
    // A configuration that was asked for on the command line means its socket, whatever the
    // environment says.
    if let socket = options.socket ?? (choice.isExplicit ? nil : environment.socket) {
      isSocketNamed = true
      endpoint = .socket(ControlSocket(path: socket))
      tracer?.note("socket \(socket.escaped), as given")
    } else {
      let resolved = try choice.read()
      isSocketNamed = false
      endpoint = Endpoint(resolved)
      if warns { context.warn(of: resolved) }
      tracer?.note("configuration file \(choice.file.escaped)")
      tracer?.note("socket \(socket?.escaped ?? "not configured")")
    }
  }

  /// Restarts the time, after a wait for an answer of the user.
  mutating func restartClock() {
    deadline = Deadline(after: timeout)
  }

  /// Returns the time that a command may take: from the options, the environment, or else `standard`.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` for an unusable value.
  static func timeout(
    _ options: ConnectionOptions, _ environment: EnvironmentVariables,
    default standard: Duration = .seconds(10)
  ) throws(CommandFailure) -> Duration {
    if let timeout = options.timeout { return timeout }
    guard let text = environment.timeout else { return standard }
    do {
      return try ConnectionOptions.timeout.value(
        of: Word(text.utf8), as: EnvironmentVariables.Name.timeout.rawValue)
    } catch {
      throw CommandFailure(.usage, error.problem)
    }
  }

  /// The path of the control socket; `nil` when none is configured.
  var socket: FilePath? {
    if case .socket(let socket) = endpoint { socket.path } else { nil }
  }

  /// Reads the configuration of the daemon that is meant, whether or not it was needed to find the
  /// socket; `nil` when it cannot be read, which is no failure for a socket that was named.
  ///
  /// With a named socket, a file that was not named counts only when it names the same socket: the PID
  /// file and the ports of another daemon say nothing about this one.
  func configuration() -> SendmailConfiguration? {
    guard let resolved = try? choice.read() else { return nil }
    let isItsOwn =
      !isSocketNamed || choice.isExplicit || resolved.controlSocket?.bytes == socket?.bytes
    return isItsOwn ? resolved.configuration : nil
  }

  /// A client for the control socket.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/configuration`` when none is configured, or with
  ///   ``ExitStatus/interrupted``.
  func client() throws(CommandFailure) -> ControlClient {
    switch endpoint {
    case .socket(let socket):
      return ControlClient(
        socket, timeout: timeout, interruption: context.interruption, trace: tracer?.trace)
    case .notConfigured(let configuration):
      throw CommandFailure(
        try diagnose(
          NoReplyDiagnosis.Cause(notConfiguredIn: configuration), socket: [],
          until: deadline),
        .configuration, .notASocket)
    }
  }
}

extension Target {
  /// The path of the PID file that the configuration names, if one can be read.
  func pidFile() -> FilePath? {
    configuration().map { FilePath(bytes: $0.pidFile.bytes) }
  }

  /// The process that the PID file names.
  func pidFileProcess() -> Int32? {
    pidFile().flatMap { try? PIDFile(at: $0) }?.processID
  }

  /// The place where the daemon can be observed.
  func place() -> DaemonPlace {
    let configuration = configuration()
    var place = DaemonPlace(
      socket: socket.map { $0.absolute.bytes },
      pidFile: configuration?.pidFile.bytes, titlePrefix: configuration?.processTitlePrefix ?? [],
      configurationFile: configuration.map { Array($0.file.utf8) })
    if let configuration { place.note(configuration) }
    if !isSocketNamed, case .socket(let socket) = endpoint {
      place.boundName = configuration?.controlSocket.path?.name
      place.bindingDirectory = socket.bindingDirectory?.bytes
    }
    return place
  }
}

extension Target.Endpoint {
  /// The socket that `configuration` names.
  init(_ resolved: ResolvedConfiguration) {
    let configuration = resolved.configuration
    self = ControlSocket(resolved).map { .socket($0) } ?? .notConfigured(configuration)
  }
}
