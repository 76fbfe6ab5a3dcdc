// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SendmailControlClient

/// The progress of a scan of queues, on standard error when that is a terminal: after half a second,
/// and a few times a second from then on.
final class ProgressBar {
  private let isShown: Bool
  private let style: TerminalStyle
  private let console: Console
  private var next = ContinuousClock.now.advanced(by: .milliseconds(500))
  private var isDrawn = false

  private static let pause = Duration.milliseconds(100)
  private static let columns = 20

  /// A bar for a terminal of `style`.
  init(style: TerminalStyle, context: CommandContext) {
    console = context.console
    isShown =
      isatty(STDERR_FILENO) != 0
      && context.environment.value(of: EnvironmentVariables.Name.terminal.rawValue) != "dumb"
    self.style = style
  }

  /// Draws the bar when it is time to.
  func show(_ progress: QueueProgress) {
    guard isShown, ContinuousClock.now >= next else { return }
    next = ContinuousClock.now.advanced(by: Self.pause)
    isDrawn = true
    let bar = Bar(part: progress.directories, whole: max(1, progress.allDirectories))
      .plain(columns: Self.columns, style)
    let text =
      "\(bar)  \(progress.directories) of \(progress.allDirectories) queues, "
      + "\(progress.entries) files"
    console.writeError("\r\(text)\u{1B}[K")
  }

  /// Takes the bar away.
  func clear() {
    guard isDrawn else { return }
    isDrawn = false
    console.writeError("\r\u{1B}[K")
  }
}
