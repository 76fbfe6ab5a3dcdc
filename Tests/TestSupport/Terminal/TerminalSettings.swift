// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SystemPackage

/// The settings of the terminal's line discipline (termios(3)).
///
/// Two are equal when nothing differs, so that a test can demand that a program leaves the terminal
/// as it was.
public struct TerminalSettings: Sendable, Hashable {
  /// True if programs get whole lines (ICANON). Readline turns it off while it reads.
  public let isCanonical: Bool
  /// True if the terminal itself echoes what is typed (ECHO).
  public let echoes: Bool
  /// True if Ctrl-C and Ctrl-Z raise signals (ISIG).
  public let raisesSignals: Bool
  /// True if Enter gives a line feed (ICRNL).
  public let translatesReturn: Bool
  /// True if line feeds in the output also return (OPOST and ONLCR).
  public let translatesLineFeed: Bool
  private let flags: [tcflag_t]
  private let characters: [UInt8]

  /// Those of the terminal of `descriptor`.
  init(_ descriptor: FileDescriptor) throws {
    var settings = termios()
    guard unsafe tcgetattr(descriptor.rawValue, &settings) == 0 else {
      throw HarnessError("tcgetattr", "(pseudo-terminal)", .current)
    }
    isCanonical = settings.c_lflag & tcflag_t(ICANON) != 0
    echoes = settings.c_lflag & tcflag_t(ECHO) != 0
    raisesSignals = settings.c_lflag & tcflag_t(ISIG) != 0
    translatesReturn = settings.c_iflag & tcflag_t(ICRNL) != 0
    let output = tcflag_t(OPOST) | tcflag_t(ONLCR)
    translatesLineFeed = settings.c_oflag & output == output
    flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    characters = unsafe withUnsafeBytes(of: settings.c_cc) { unsafe Array($0) }
  }
}
