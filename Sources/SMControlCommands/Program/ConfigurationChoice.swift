// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The configuration file to read, and the settings of the command line that override it.
struct ConfigurationChoice {
  /// The file.
  private(set) var file: FilePath
  /// `-O` and `-o`, in order.
  private(set) var overrides: [OptionOverride]
  /// The same words for sendmail itself: `-C` with an absolute path, since a daemon restarts in its queue
  /// directory, and `-O` and `-o` as they were given.
  let sendmailArguments: [Word]
  /// True if the command line speaks of a configuration at all.
  let isExplicit: Bool
  /// The end of the time for reading the file; `nil` for a command without one.
  var deadline: Deadline?
  private let interruption: Interruption
  /// The files that the configuration names, as they are looked up.
  let files: LiveFiles
  /// The sendmail that is to read the file.
  private var build = SendmailBuild.debian
  /// True if the hosts that it names are looked up.
  private var looksUpHosts = false
  private var content = Content()

  /// The file as it was read.
  private final class Content {
    var configuration: ResolvedConfiguration?
    var failure: CommandFailure?
  }

  /// The choice of `options` and the environment: `-C`, then `-A`, then `SMCONTROL_CF`, then sendmail's
  /// own path.
  init(_ options: ConnectionOptions, in context: CommandContext) {
    let environment = context.environment
    interruption = context.interruption
    files = LiveFiles(until: interruption)
    file =
      options.configurationFile ?? options.kind?.defaultPath ?? environment.configurationFile
      ?? ConfigurationKind.mta.defaultPath
    overrides = options.overrides
    let isNamed =
      options.configurationFile != nil
      || (options.kind == nil && environment.configurationFile != nil)
    sendmailArguments =
      (isNamed ? Self.words(file) : []) + overrides.flatMap { $0.sendmailArguments }
    isExplicit = options.configurationFile != nil || options.kind != nil || !overrides.isEmpty
  }

  /// The same as a daemon with `commandLine` has it: with its configuration file, where that is an absolute path,
  /// and its options, which the options of smcontrol's own command line override. The choice itself where the
  /// command line changes nothing.
  func of(_ commandLine: DaemonCommandLine?) -> ConfigurationChoice {
    guard let commandLine else { return self }
    let named = commandLine.configurationFile.map { FilePath(bytes: $0) } ?? file
    let other = named.isAbsolute ? named : file
    let options = commandLine.overrides
    guard other != file || !options.isEmpty else { return self }
    return reading(other, options + overrides)
  }

  /// The same as a sendmail reads it that is started with further `arguments`, which count after those of
  /// smcontrol.
  func started(with arguments: DaemonCommandLine) -> ConfigurationChoice {
    reading(
      arguments.configurationFile.map { FilePath(bytes: $0) } ?? file,
      overrides + arguments.overrides)
  }

  /// The same with another file or other overrides, for reading only.
  private func reading(
    _ file: FilePath, _ overrides: [OptionOverride]
  ) -> ConfigurationChoice {
    var choice = self
    choice.content = Content()
    choice.file = file
    choice.overrides = overrides
    return choice
  }

  /// The mail submission program's file beside this one, without what the command line sets over
  /// this one.
  func submissionConfiguration() -> ConfigurationChoice {
    ConfigurationChoice(
      file: file.removingLastComponent().appending("submit.cf"), interruption: interruption)
  }

  private init(file: FilePath, interruption: Interruption) {
    self.file = file
    self.interruption = interruption
    files = LiveFiles(until: interruption)
    overrides = []
    sendmailArguments = Self.words(file)
    isExplicit = true
  }

  /// The same with `socket`, seen from the working directory, in the place of `ControlSocketName`.
  func naming(socket: FilePath) -> ConfigurationChoice {
    reading(
      file, overrides + [.long(Array("ControlSocketName=".utf8) + socket.absolute.bytes)])
  }

  /// The same for the sendmail at `program`, which is asked for its version and for what was compiled into it;
  /// `nil` when it does not say.
  func asking(_ program: FilePath) async -> ConfigurationChoice? {
    guard let build = await SendmailProgram.build(of: program, interruption: interruption)
    else { return nil }
    var choice = self
    choice.content = Content()
    choice.build = build
    return choice
  }

  /// The same with the hosts looked up that the file names, for as long as ``hostTime`` at most.
  func lookingUpHosts() -> ConfigurationChoice {
    var choice = self
    choice.content = Content()
    choice.looksUpHosts = true
    return choice
  }

  /// The time for all hosts together.
  private static let hostTime = Duration.seconds(5)

  private var machine: Machine {
    guard looksUpHosts else { return .live() }
    let lookup = HostLookup(until: Deadline(after: Self.hostTime), interruption: interruption)
    return .live { lookup.address(of: $0, isVersion6: $1) }
  }

  private static func words(_ file: FilePath) -> [Word] { [Word("-C".utf8), file.absolute.bytes] }

  /// Reads the file, once.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/noInput``; with ``ExitStatus/interrupted`` or
  ///   ``ExitStatus/temporaryFailure`` when a signal or the deadline came first.
  func read() throws(CommandFailure) -> ResolvedConfiguration {
    if let configuration = content.configuration { return configuration }
    if let failure = content.failure { throw failure }
    let machine = machine
    do {
      let configuration = try ConfigurationReader(
        machine: machine, files: files, build: build
      ).read(
        file: file, overrides: overrides
      ) { [interruption, deadline] in
        !interruption.hasHappened && deadline?.hasPassed != true
      }
      content.configuration = configuration
      return configuration
    } catch {
      guard error.errno != .canceled else {
        throw interruption.hasHappened
          ? CommandFailure(.interrupted, "interrupted while \(file.escaped) was read")
          : CommandFailure(
            .temporaryFailure,
            "\(file.escaped): not read in time; allow more with --timeout")
      }
      let failure = CommandFailure(.noInput, [error.description, error.advice])
      content.failure = failure
      throw failure
    }
  }
}

extension OptionOverride {
  /// The option and its argument, as sendmail takes them.
  fileprivate var sendmailArguments: [Word] {
    switch self {
    case .long(let text): [Word("-O".utf8), text]
    case .short(let text): [Word("-o".utf8), text]
    }
  }
}

extension FilePath {
  /// The path seen from the working directory.
  var absolute: FilePath {
    guard isRelative, let directory = unsafe getcwd(nil, 0) else { return self }
    defer { unsafe free(directory) }
    return unsafe FilePath(platformString: directory).appending(components)
  }
}
