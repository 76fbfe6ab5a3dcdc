// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// The context of a command: its output, its interruption, its environment, and the shell that it was
/// typed in.
struct CommandContext {
  var console: Console
  let interruption: Interruption
  let environment: EnvironmentVariables
  /// The shell, or `nil` for a command of its own.
  var shell: ShellSession?

  /// Warns of everything sendmail would say about a configuration; a shell does so once.
  ///
  /// `queues` are the queue directories of the configuration; `nil` to leave them out.
  func warn(of resolved: ResolvedConfiguration, queues: QueueDirectories? = nil) {
    let configuration = resolved.configuration
    let messages = queues.map { configuration.diagnostics(with: $0) } ?? configuration.diagnostics
    // Only the program itself knows its classes of maps, and it was not asked.
    let isCertain = { (message: ConfigurationDiagnostic) in
      !configuration.assumesMapClasses(in: [message])
    }
    warn(of: messages.filter(isCertain), file: configuration.file)
  }

  /// Warns of what sendmail would say about `file`; a shell does so once.
  func warn(of messages: [ConfigurationDiagnostic], file: String) {
    for line in ConfigurationReport.lines(of: messages, file: file)
    where shell?.shouldWarn(line.text) != false {
      console.warn(line.text)
    }
  }
}
