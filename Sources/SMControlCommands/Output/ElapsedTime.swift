// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization

/// The time that a wait has taken so far, on standard error when that is a terminal: after two seconds, and
/// each second from then on.
final class ElapsedTime: Sendable {
  private let words: String
  private let console: Console
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let shownSeconds = Atomic<Int64>(1)

  /// The time of a wait that `words` describe.
  init(_ words: String, context: CommandContext) {
    self.words = words
    console = context.console
    isShown =
      isatty(STDERR_FILENO) != 0
      && context.environment.value(of: EnvironmentVariables.Name.terminal.rawValue) != "dumb"
  }

  /// Shows the time, when another second has passed.
  func update() {
    let seconds = start.duration(to: .now).components.seconds
    guard isShown, seconds > shownSeconds.load(ordering: .relaxed) else { return }
    shownSeconds.store(seconds, ordering: .relaxed)
    console.writeError("\r\(words): \(seconds) s\u{1B}[K")
  }

  /// Takes the time away.
  func clear() {
    guard shownSeconds.exchange(1, ordering: .relaxed) > 1 else { return }
    console.writeError("\r\u{1B}[K")
  }

  /// Shows the time until the task is cancelled.
  func shownWhileRunning() -> Task<Void, Never> {
    Task { [self] in
      while !Task.isCancelled {
        update()
        try? await Task.sleep(for: .milliseconds(250))
      }
    }
  }
}
