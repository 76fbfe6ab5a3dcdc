// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

/// What a command runs in: where its output goes, what ends it early, what its environment says, and
/// the shell it was typed in.
struct CommandContext {
  var console: Console
  let interruption: Interruption
  let environment: Environment
  /// The shell, or `nil` for a command of its own.
  var shell: ShellSession?

  /// Warns of everything sendmail would say about a configuration; a shell says it once.
  ///
  /// - Parameter queues: the queue directories of the configuration, looked up now by default.
  func warn(of resolved: ResolvedConfiguration, queues: QueueDirectories? = nil) {
    let configuration = resolved.configuration
    let queues = queues ?? QueueDirectories(of: configuration, in: .live)
    for diagnostic in configuration.diagnostics(with: queues) {
      let text = ConfigurationListing.text(of: diagnostic, file: configuration.file)
      if shell?.isNews(text) != false { console.warn(text) }
    }
  }
}

extension CommandContext {
  /// The failure of `command` by a reply that was not understood. In JSON it is an object on standard
  /// output, too.
  ///
  /// - Throws: ``CommandFailure`` when standard output cannot be written.
  func failure(
    of command: String, _ error: ReplyError, from client: ControlClient, end: ReplyEnd,
    format: OutputFormat
  ) throws(CommandFailure) -> CommandFailure {
    let failure = CommandFailure(error, from: client.path.harmlessText, end: end)
    if format == .json {
      try console.writeJSON(
        FailureDocument(
          command: command, exitStatus: failure.exitCode, error: error, messages: failure.lines))
    }
    return failure
  }
}
