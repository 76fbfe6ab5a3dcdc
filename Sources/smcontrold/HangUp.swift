// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControlDaemon
internal import UnixSignals

/// SIGHUP: restarts the daemon, as it does sendmail; when it comes because the terminal is gone on which
/// smcontrold was started, it ends the daemon.
struct HangUp {
  private let signals: UnixSignalsSequence
  private let hadTerminal: Bool

  /// Takes the signal over; `nil` when it is ignored, as below nohup.
  init?() async {
    let disposition = signal(SIGHUP, SIG_DFL)
    // The value of SIG_IGN, which is not comparable as a function.
    if unsafe unsafeBitCast(disposition, to: Int.self) == 1 {
      _ = signal(SIGHUP, SIG_IGN)
      return nil
    }
    hadTerminal = Self.hasTerminal
    signals = await UnixSignalsSequence(trapping: .sighup)
  }

  /// Serves `daemon` until the task is cancelled.
  func serve(_ daemon: ControlDaemon) async {
    for await _ in signals {
      if hadTerminal && !Self.hasTerminal {
        await daemon.shutdown()
      } else {
        await daemon.restart()
      }
    }
  }

  /// True if this process has a controlling terminal.
  private static var hasTerminal: Bool {
    let terminal = unsafe open("/dev/tty", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    if terminal >= 0 { close(terminal) }
    return terminal >= 0
  }
}
