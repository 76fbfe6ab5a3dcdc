// SPDX-License-Identifier: GPL-3.0-or-later

internal import Subprocess
public import SystemPackage

/// The sendmail program, to be run as the daemon.
public struct SendmailProgram: Sendable {
  /// Its absolute path: sendmail can only restart when it was started by one.
  public let path: FilePath
  /// Its arguments.
  public let arguments: [String]

  /// The program at `path`.
  public init(path: FilePath, arguments: [String]) {
    self.path = path
    self.arguments = arguments
  }

  /// How the program ended.
  public enum Ending: Sendable, Equatable {
    /// It exited with this status; the parent of a daemon that detached itself exits with 0.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)
  }

  /// Runs the program, without a shell, and waits until it exits, which a daemon that detaches
  /// itself (`-bd`) does as soon as it has read its configuration.
  ///
  /// It has our standard output and error, and nothing on its standard input.
  ///
  /// - Throws: ``FileError`` when it cannot be run.
  public func run() async throws(FileError) -> Ending {
    do {
      let result = try await Subprocess.run(
        .path(path), arguments: Arguments(arguments), input: .none,
        output: .currentStandardOutput, error: .currentStandardError)
      return switch result.terminationStatus {
      case .exited(let code): .exited(code)
      case .signaled(let signal): .signalled(signal)
      }
    } catch {
      throw FileError(
        call: "exec", errno: (error as? SubprocessError)?.underlyingError as? Errno ?? .ioError,
        path: path, reason: "")
    }
  }
}
