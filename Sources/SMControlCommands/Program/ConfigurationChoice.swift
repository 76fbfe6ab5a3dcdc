// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// Which configuration file is meant, and what the command line sets over it.
struct ConfigurationChoice {
  /// The file.
  let file: FilePath
  /// `-O` and `-o`, in order.
  private(set) var overrides: [OptionOverride]
  /// The same words for sendmail itself: `-C` with an absolute path, since a daemon restarts in its queue
  /// directory, and `-O` and `-o` as they were given.
  let sendmailArguments: [String]
  /// Whether the command line speaks of a configuration at all.
  let isExplicit: Bool
  private var content = Content()

  /// The file as it was read.
  private final class Content {
    var result: Result<ResolvedConfiguration, CommandFailure>?
  }

  /// What `options` and the environment choose: `-C`, then what `-A` says, then `SMCONTROL_CF`, then
  /// sendmail's own place.
  init(_ options: ConnectionOptions, _ environment: Environment) {
    file =
      options.configurationFile.map { FilePath($0) } ?? options.kind?.defaultPath
      ?? environment.configurationFile.map { FilePath($0) } ?? ConfigurationKind.mta.defaultPath
    overrides = Self.overrides(options)
    let isNamed =
      options.configurationFile != nil
      || (options.kind == nil && environment.configurationFile != nil)
    sendmailArguments =
      (isNamed ? ["-C", file.absolute.string] : []) + options.settings.flatMap { ["-O", $0] }
      + options.letterSettings.flatMap { ["-o", $0] }
    isExplicit = options.configurationFile != nil || options.kind != nil || !overrides.isEmpty
  }

  /// The mail submission program's file beside this one, without what the command line sets over
  /// this one.
  func besideForSubmission() -> ConfigurationChoice {
    ConfigurationChoice(file: file.removingLastComponent().appending("submit.cf"))
  }

  private init(file: FilePath) {
    self.file = file
    overrides = []
    sendmailArguments = ["-C", file.absolute.string]
    isExplicit = true
  }

  /// The same with `socket`, seen from the working directory, in the place of `ControlSocketName`.
  func naming(socket: String) -> ConfigurationChoice {
    var choice = self
    choice.content = Content()
    choice.overrides.append(
      .long(Array("ControlSocketName=".utf8) + FilePath(socket).absolute.bytes))
    return choice
  }

  private static func overrides(_ options: ConnectionOptions) -> [OptionOverride] {
    options.settings.map { .long($0) } + options.letterSettings.map { .short($0) }
  }

  /// Reads the file, once.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/noInput``.
  func read() throws(CommandFailure) -> ResolvedConfiguration {
    if let result = content.result { return try result.get() }
    let result: Result<ResolvedConfiguration, CommandFailure>
    do {
      result = .success(try ConfigurationReader().read(file: file, overrides: overrides))
    } catch {
      result = .failure(CommandFailure(.noInput, [error.description, error.advice]))
    }
    content.result = result
    return try result.get()
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
