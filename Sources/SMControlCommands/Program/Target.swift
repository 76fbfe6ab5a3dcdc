// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage

/// Which daemon is meant and how it is talked to: what the options say, and the environment behind
/// them. The configuration file is read when it names the socket, or when there is something to
/// find out.
struct Target {
  let format: OutputFormat
  let timeout: Duration
  /// The control socket, or why there is none.
  let endpoint: Endpoint
  private let choice: ConfigurationChoice
  /// The configuration, when it was needed to find the socket.
  private let readConfiguration: SendmailConfiguration?
  private let tracer: Tracer?
  private let interruption: Interruption

  /// Where the daemon listens.
  enum Endpoint {
    /// At this path. A relative name of sendmail.cf was bound in the directory given.
    case socket(FilePath, bindingDirectory: FilePath?)
    /// Nowhere: the configuration sets no socket.
    case notConfigured(SendmailConfiguration)
  }

  /// Brings together what `options` and the environment say.
  ///
  /// - Throws: ``CommandFailure``: ``ExitStatus/usage`` for an unusable value, ``ExitStatus/noInput``
  ///   when the configuration file is needed and cannot be read.
  init(_ options: ConnectionOptions, context: CommandContext) throws(CommandFailure) {
    let environment = context.environment
    tracer = options.verbose ? Tracer(console: context.console) : nil
    interruption = context.interruption
    format = options.format ?? context.console.defaultFormat
    timeout = try Self.timeout(options, environment)
    choice = ConfigurationChoice(options, environment)
    // A configuration that was asked for on the command line means its socket, whatever the
    // environment says.
    if let socket = options.socket ?? (choice.isExplicit ? nil : environment.socket) {
      guard !socket.isEmpty else {
        throw CommandFailure(.usage, "-f: the path of the control socket is empty")
      }
      readConfiguration = nil
      endpoint = .socket(FilePath(socket), bindingDirectory: nil)
      tracer?.note("socket \(HarmlessText.make(socket.utf8)), as given")
    } else {
      let resolved = try choice.read()
      readConfiguration = resolved.configuration
      endpoint = Endpoint(resolved)
      context.warn(of: resolved)
      tracer?.note("configuration file \(choice.file.harmlessText)")
      tracer?.note("socket \(endpoint.path?.harmlessText ?? "not configured")")
    }
  }

  /// How long an exchange may take: as the options or the environment say, or else `standard`.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` for an unusable value.
  static func timeout(
    _ options: ConnectionOptions, _ environment: Environment,
    default standard: Seconds = Seconds(10)
  ) throws(CommandFailure) -> Duration {
    if let timeout = options.timeout { return timeout.duration }
    guard let text = environment.timeout else { return standard.duration }
    guard let seconds = Seconds(word: text) else {
      throw CommandFailure(
        .usage,
        "SMCONTROL_TIMEOUT is \(HarmlessText.make(text.utf8)): expected a number of seconds above 0"
      )
    }
    return seconds.duration
  }

  /// The configuration of the daemon that is meant, whether or not it was needed to find the socket;
  /// `nil` when it cannot be read, which is no failure for a socket that was named.
  ///
  /// Next to a socket that was named, a file that nobody named counts only when it speaks of the same
  /// socket: another daemon's PID file and ports would tell nothing of this one.
  var configuration: SendmailConfiguration? {
    if let readConfiguration { return readConfiguration }
    guard let resolved = try? choice.read() else { return nil }
    let isItsOwn = choice.isExplicit || resolved.controlSocket == endpoint.path?.bytes
    return isItsOwn ? resolved.configuration : nil
  }

  /// Whether the socket itself was named, and not a configuration that names it.
  var isSocketNamed: Bool { readConfiguration == nil }

  /// A client for the control socket.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/configuration`` when none is configured.
  func client() throws(CommandFailure) -> ControlClient {
    switch endpoint {
    case .socket(let path, let directory):
      return ControlClient(
        path: path, bindingDirectory: directory, timeout: timeout, interruption: interruption,
        trace: tracer?.trace)
    case .notConfigured(let configuration):
      throw CommandFailure(
        .configuration,
        NoReplyText.lines(
          NoReplyDiagnosis(
            NoReplyDiagnosis.Cause(notConfiguredIn: configuration), socket: [],
            observation: DaemonObservation(of: place),
            submissionFile: configuration.submissionFile)))
    }
  }
}

extension Target.Endpoint {
  /// The socket that `configuration` names.
  init(_ resolved: ResolvedConfiguration) {
    let configuration = resolved.configuration
    guard let name = configuration.controlSocket.path, let path = resolved.controlSocket else {
      self = .notConfigured(configuration)
      return
    }
    self = .socket(
      FilePath(bytes: path),
      bindingDirectory: name.isAbsolute ? nil : FilePath(bytes: resolved.baseQueueDirectory))
  }

  /// The path, if there is one.
  var path: FilePath? {
    if case .socket(let path, _) = self { path } else { nil }
  }
}

extension NoReplyDiagnosis.Cause {
  /// The cause that `configuration` sets no control socket, with a path that would do.
  fileprivate init(notConfiguredIn configuration: SendmailConfiguration) {
    let base = configuration.baseQueueDirectory.path
    let directory = base.first == ASCII.slash ? base : Array("/var/spool/mqueue".utf8)
    self = .notConfigured(
      file: Array(configuration.file.utf8), suggestion: directory + Array("/.control".utf8))
  }
}

extension SendmailConfiguration {
  /// Its file, when that is the mail submission program's.
  fileprivate var submissionFile: [UInt8]? { usesMSP ? Array(file.utf8) : nil }
}

extension Target {
  /// The PID file that the configuration names, if one can be read.
  var pidFile: FilePath? {
    configuration.map { FilePath(bytes: $0.pidFile) }
  }

  /// The place where the daemon shows without being asked.
  var place: DaemonPlace {
    let configuration = configuration
    var place = DaemonPlace(
      socket: endpoint.path.map { $0.absolute.bytes },
      pidFile: configuration?.pidFile, titlePrefix: configuration?.processTitlePrefix ?? [])
    if !isSocketNamed, case .socket(_, let directory) = endpoint {
      place.boundName = configuration?.controlSocket.path?.name
      place.bindingDirectory = directory?.bytes
    }
    return place
  }

  /// The process that the PID file names.
  var pidFileProcess: Int32? {
    pidFile.flatMap { try? PIDFile(at: $0) }?.processID
  }

  /// The diagnosis of a query that failed with `error`; `nil` for a failure that is something else than
  /// a missing reply.
  ///
  /// - Parameter deadline: the end of the command's time.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/interrupted``.
  func diagnose(
    _ error: ControlError, until deadline: Deadline
  ) throws(CommandFailure) -> NoReplyDiagnosis? {
    guard let cause = NoReplyDiagnosis.Cause(error) else { return nil }
    return try diagnose(cause, socket: error.path.bytes, until: deadline)
  }

  /// The diagnosis of a daemon without a control socket.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/interrupted``.
  func diagnose(
    notConfiguredIn configuration: SendmailConfiguration
  ) throws(CommandFailure) -> NoReplyDiagnosis {
    try diagnose(
      NoReplyDiagnosis.Cause(notConfiguredIn: configuration), socket: [],
      until: Deadline(after: timeout))
  }

  private func diagnose(
    _ cause: NoReplyDiagnosis.Cause, socket: [UInt8], until deadline: Deadline
  ) throws(CommandFailure) -> NoReplyDiagnosis {
    let configuration = configuration
    var ports = configuration?.daemonPorts ?? []
    // Without DaemonPortOptions sendmail listens on the SMTP port of every address.
    if configuration != nil, ports.isEmpty { ports = [.everyAddress] }
    // The ports in submit.cf belong to no daemon: one of another file may listen there.
    if configuration?.usesMSP == true { ports = [] }
    do {
      var diagnosis = try NoReplyDiagnosis(
        observing: cause, socket: socket, by: DaemonObserver(place), ports: ports,
        timeout: timeout, deadline: deadline, interruption: interruption)
      diagnosis.submissionFile = configuration?.submissionFile
      return diagnosis
    } catch {
      throw CommandFailure(error)
    }
  }
}
