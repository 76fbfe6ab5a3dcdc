// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Glibc
public import SystemPackage

/// The source of standard input of a program on a terminal.
public enum TerminalInput: Sendable {
  /// From the keyboard.
  case terminal
  /// From a file.
  case file(FilePath)
  /// From a stream that is not the terminal: these bytes, then its end.
  case bytes([UInt8])
}

/// The destination of standard output or standard error of a program on a terminal.
public enum TerminalOutput: Sendable {
  /// To the screen.
  case terminal
  /// To a file, which is made or emptied.
  case file(FilePath)
  /// To a stream that is not the terminal, for the test to read.
  case collected
}

/// The end of a program on a terminal.
public enum TerminalProgramEnding: Sendable, Hashable {
  /// With an exit status.
  case exited(Int32)
  /// By a signal.
  case signaled(Int32)
}

/// A program to be run on a terminal.
struct TerminalProgram: Sendable {
  let path: FilePath
  let arguments: [String]
  let environment: [String: String?]
  let workingDirectory: FilePath?
  let user: SystemUser?

  /// The environment of programs on the terminal, without anything that changes what they show.
  static let plainEnvironment: [String: String?] = [
    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null",
    "PAGER": nil, "MANPAGER": nil, "SMCONTROL_PAGER": nil, "LESS": nil, "LESSSECURE": nil,
    "NO_COLOR": nil, "CLICOLOR_FORCE": nil, "COLUMNS": nil, "LINES": nil,
    "ENV": nil, "BASH_ENV": nil, "PROMPT_COMMAND": nil, "PS1": nil,
  ]

  /// Starts it as the leader of a session of its own, whose terminal is the one at `terminal`.
  ///
  /// `descriptors` are its standard input, output and error; `nil` is the terminal.
  ///
  /// - Returns: its process id.
  func start(terminal: FilePath, descriptors: [FileDescriptor?]) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // A leader of a session without a terminal gets the first one that it opens.
    unsafe posix_spawn_file_actions_addopen(&actions, 0, terminal.string, O_RDWR, 0)
    for target in [STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, target)
    }
    for (target, descriptor) in descriptors.enumerated() {
      guard let descriptor else { continue }
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor.rawValue, CInt(target))
    }
    // Not every descriptor of the test process is marked to be closed.
    let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    for descriptor in open.compactMap(CInt.init) where descriptor > STDERR_FILENO {
      unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
    }

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Self.newSession | Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    let words = commandLine
    var pid: pid_t = 0
    let result = unsafe withCStrings(words) { arguments in
      unsafe withCStrings(variables) { variables in
        unsafe posix_spawn(&pid, words[0], &actions, &attributes, arguments, variables)
      }
    }
    guard result == 0 else { throw HarnessError("posix_spawn", path, Errno(rawValue: result)) }
    return pid
  }

  /// The program after those that change the directory and the user, which posix_spawn cannot.
  private var commandLine: [String] {
    var words: [String] = []
    if let workingDirectory { words += ["/usr/bin/env", "-C", workingDirectory.string] }
    words += user?.programPrefix ?? []
    return words + [path.string] + arguments
  }

  private var variables: [String] {
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in Self.plainEnvironment.merging(environment, uniquingKeysWith: { $1 }) {
      variables[name] = value
    }
    return variables.map { "\($0)=\($1)" }
  }

  /// POSIX_SPAWN_SETSID, which Glibc's module leaves out.
  private static let newSession: Int16 = 0x80
}

/// Calls `body` with the strings as the C library takes them: with a null pointer at the end.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = unsafe strings.map { unsafe strdup($0) }
  defer { unsafe copies.forEach { unsafe free($0) } }
  return unsafe body(copies + [nil])
}
