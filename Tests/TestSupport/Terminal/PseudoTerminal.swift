// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SystemPackage

/// A new pseudo-terminal: the end that a terminal emulator holds, and the one that programs have.
struct PseudoTerminal: Sendable {
  /// The emulator's end. Nothing done on it blocks.
  let emulator: FileDescriptor
  /// The programs' end, held open so that it lives before the first program has it and after the
  /// last one has let go of it.
  let line: FileDescriptor
  /// The device file of the programs' end.
  let path: FilePath

  /// Makes one of so many columns and rows, which belongs to `owner`.
  init(columns: Int, rows: Int, owner: SystemUser?) throws {
    let device: FilePath = "/dev/ptmx"
    let emulator: FileDescriptor
    do {
      emulator = try .open(
        device, .readWrite, options: [.nonBlocking, .closeOnExec, Self.notOurs])
    } catch let error as Errno {
      throw HarnessError("open", device, error)
    }
    do {
      // unlockpt(3) and ptsname(3), which Glibc's module leaves out.
      var number: CInt = 0
      guard unsafe ioctl(emulator.rawValue, Self.unlock, &number) == 0,
        unsafe ioctl(emulator.rawValue, Self.getNumber, &number) == 0
      else { throw HarnessError("ioctl", device, .current) }
      path = FilePath("/dev/pts/\(number)")
      self.emulator = emulator
      try owner?.own(path)
      line = try .open(
        path, .readWrite, options: [.closeOnExec, Self.notOurs])
      try resize(columns: columns, rows: rows)
      try takeUTF8()
    } catch let error {
      try? emulator.close()
      guard let error = error as? Errno else { throw error }
      throw HarnessError("open", "/dev/pts", error)
    }
  }

  /// Gives it another size; the programs in the foreground get SIGWINCH.
  func resize(columns: Int, rows: Int) throws {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard unsafe ioctl(emulator.rawValue, UInt(TIOCSWINSZ), &size) == 0 else {
      throw HarnessError("ioctl(TIOCSWINSZ)", path, .current)
    }
  }

  /// Has the line discipline erase whole characters of UTF-8, as emulators do.
  private func takeUTF8() throws {
    var settings = termios()
    guard unsafe tcgetattr(emulator.rawValue, &settings) == 0 else {
      throw HarnessError("tcgetattr", path, .current)
    }
    settings.c_iflag |= tcflag_t(IUTF8)
    guard unsafe tcsetattr(emulator.rawValue, TCSANOW, &settings) == 0 else {
      throw HarnessError("tcsetattr", path, .current)
    }
  }

  /// Closes both ends.
  func close() {
    try? emulator.close()
    try? line.close()
  }

  /// Never the terminal that controls the tests.
  private static let notOurs = FileDescriptor.OpenOptions(rawValue: O_NOCTTY)
  /// Linux's TIOCSPTLCK, `_IOW('T', 0x31, int)`.
  private static let unlock: UInt = 0x4004_5431
  /// Linux's TIOCGPTN, `_IOR('T', 0x30, unsigned int)`.
  private static let getNumber: UInt = 0x8004_5430
}

/// Two sockets connected with each other, which programs do not inherit.
struct SocketPair: Sendable {
  let first: FileDescriptor
  let second: FileDescriptor

  init() throws {
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else {
      throw HarnessError("socketpair", "(no path)", .current)
    }
    first = FileDescriptor(rawValue: ends[0])
    second = FileDescriptor(rawValue: ends[1])
  }

  func close() {
    try? first.close()
    try? second.close()
  }
}
