// SPDX-License-Identifier: GPL-3.0-or-later

internal import SystemPackage

/// The standard descriptors of a program that are not its terminal.
struct Redirections: Sendable {
  /// The descriptors of the program's standard input, output and error; `nil` is the terminal.
  let descriptors: [FileDescriptor?]
  /// The descriptor from which its collected output is read.
  let output: FileDescriptor?
  /// The descriptor from which its collected errors are read.
  let error: FileDescriptor?
  private let input: (pipe: InputPipe, bytes: [UInt8])?

  init(input: TerminalInput, output: TerminalOutput, error: TerminalOutput) throws {
    var programEnds: [FileDescriptor?] = []
    switch input {
    case .terminal:
      self.input = nil
      programEnds.append(nil)
    case .file(let path):
      self.input = nil
      programEnds.append(try Self.open(path, .readOnly, options: [.closeOnExec]))
    case .bytes(let bytes):
      let pipe = try InputPipe(deadline: .now + .seconds(180))
      self.input = (pipe, bytes)
      programEnds.append(pipe.readingEnd)
    }
    var testEnds: [FileDescriptor?] = []
    for place in [output, error] {
      var pair: SocketPair?
      switch place {
      case .terminal: programEnds.append(nil)
      case .file(let path):
        programEnds.append(
          try Self.open(path, .writeOnly, options: [.create, .truncate, .closeOnExec]))
      case .collected:
        let made = try SocketPair()
        programEnds.append(made.second)
        pair = made
      }
      testEnds.append(pair?.first)
    }
    descriptors = programEnds
    self.output = testEnds[0]
    self.error = testEnds[1]
  }

  /// Writes what standard input is to be.
  func writeInput() {
    guard let input else { return }
    // No one waits for it: a program need not read all of it.
    Task { try? await input.pipe.write(input.bytes) }
  }

  /// Closes what only the program needs.
  func closeProgramEnds() {
    for descriptor in descriptors { try? descriptor?.close() }
  }

  /// Closes what only the test needs.
  func closeTestEnds() {
    try? output?.close()
    try? error?.close()
  }

  private static func open(
    _ path: FilePath, _ mode: FileDescriptor.AccessMode, options: FileDescriptor.OpenOptions
  ) throws -> FileDescriptor {
    do {
      return try .open(
        path, mode, options: options,
        permissions: options.contains(.create) ? [.ownerReadWrite, .groupRead, .otherRead] : nil)
    } catch let error as Errno {
      throw HarnessError("open", path, error)
    }
  }
}
