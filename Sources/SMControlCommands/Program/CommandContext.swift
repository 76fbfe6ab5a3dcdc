// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// What a command runs in: where its output goes, what ends it early, what its environment says, and
/// the shell it was typed in.
struct CommandContext {
  var console: Console
  let interruption: Interruption
  let environment: Environment
  /// The shell, or `nil` for a command of its own.
  var shell: ShellSession?

  /// Warns of everything sendmail would say about a configuration; a shell does so once.
  ///
  /// - Parameter queues: the queue directories of the configuration; `nil` to leave them out.
  func warn(of resolved: ResolvedConfiguration, queues: QueueDirectories? = nil) {
    let configuration = resolved.configuration
    let diagnostics =
      queues.map { configuration.diagnostics(with: $0) } ?? configuration.diagnostics
    for diagnostic in diagnostics {
      let text = ConfigurationListing.text(of: diagnostic, file: configuration.file)
      if shell?.shouldWarn(text) != false { console.warn(text) }
    }
  }
}
