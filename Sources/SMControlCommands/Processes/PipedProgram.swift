// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import Subprocess
internal import SystemPackage
internal import SystemSupport

/// A program that reads what we write: a pager, or the one that a line of the shell names after `|`. It is run
/// directly, without a shell, and has our standard output and error.
struct PipedProgram: Sendable {
  /// Its name or path, and its arguments.
  private let words: [[UInt8]]
  /// Variables that it gets besides ours.
  private let variables: [String: String]

  /// The end of a program.
  typealias Ending = SendmailProgram.Ending

  /// A program.
  ///
  /// - Parameters:
  ///   - words: its name or path, and its arguments; `nil` comes of no words.
  ///   - variables: what its environment holds besides ours.
  init?(words: [[UInt8]], variables: [String: String] = [:]) {
    guard let name = words.first, !name.isEmpty else { return nil }
    self.words = words
    self.variables = variables
  }

  /// Starts the program, lets `body` write to it, and waits for its end.
  ///
  /// Ctrl-C reaches the program from the terminal and is its own matter. SIGTERM and SIGHUP end it.
  ///
  /// `body` writes to the descriptor that it is passed, which is closed after it. The program may
  /// end without reading all of it.
  ///
  /// - Returns: what `body` returned, and how the program ended.
  /// - Throws: ``FileError`` when it cannot be run; `body` was not called then.
  func run<Result: Sendable>(
    interruption: Interruption, body: (FileDescriptor) async -> Result
  ) async throws(FileError) -> (result: Result, ending: Ending) {
    let name = words[0]
    do {
      let (readEnd, writeEnd) = try FileDescriptor.pipe()
      // A program that held it open itself would never see the end.
      _ = fcntl(writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
      _ = fcntl(writeEnd.rawValue, F_SETFL, O_WRONLY | O_NONBLOCK)
      var isOpen = true
      defer { if isOpen { try? writeEnd.close() } }
      let configuration = Configuration(
        executable: name.contains(ASCII.slash)
          ? .path(FilePath(bytes: name)) : .name(String(decoding: name, as: UTF8.self)),
        arguments: Arguments(bytes: words.dropFirst()), environment: environment)
      let outcome = try await Subprocess.run(
        configuration, input: .fileDescriptor(readEnd, closeAfterSpawningProcess: true),
        output: .currentStandardOutput, error: .currentStandardError
      ) { execution in
        let result = await body(writeEnd)
        try? writeEnd.close()
        isOpen = false
        let program = ChildProcess(
          processID: execution.processIdentifier.value, leadsGroup: false)
        if await !program.waitForEnd(while: { !interruption.isTermination }) { await program.end() }
        return result
      }
      switch outcome.terminationStatus {
      case .exited(let code): return (outcome.closureResult, .exited(code))
      case .signaled(let signal): return (outcome.closureResult, .signalled(signal))
      }
    } catch let error as SubprocessError {
      throw FileError(running: FilePath(bytes: name), error.underlyingError)
    } catch {
      throw FileError("pipe", error, path: FilePath(bytes: name))
    }
  }

  private var environment: Environment {
    .inherit.updating(
      Dictionary(
        uniqueKeysWithValues: variables.compactMap { name, value in
          Environment.Key(rawValue: name).map { ($0, value) }
        }))
  }
}
