// SPDX-License-Identifier: GPL-3.0-or-later

internal import Subprocess
internal import SystemPackage
internal import SystemSupport

/// The sendmail program, to be run as the daemon.
struct SendmailProgram: Sendable {
  /// The path where packages install it.
  static let usualPath: FilePath = "/usr/sbin/sendmail"

  /// Its absolute path: sendmail can only restart when it was started by one.
  let path: FilePath
  /// Its arguments.
  let arguments: [[UInt8]]

  /// The end of the program.
  enum Ending: Sendable, Equatable {
    /// It exited with this status; the parent of a daemon that detached itself exits with 0.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)
  }

  /// The result of running it.
  enum Outcome: Sendable, Equatable {
    /// It ended by itself.
    case ended(Ending)
    /// A signal came for us while it ran, and it was ended.
    case interrupted
    /// It still ran when the deadline passed, and was ended.
    case deadlinePassed
  }

  /// Runs the program, without a shell, and waits until it exits, which a daemon that detaches
  /// itself (`-bd`) does as soon as it has read its configuration.
  ///
  /// It has our standard output and error, nothing on its standard input, and a session of its own, so
  /// that what it has started is ended with it when it is not waited for any longer.
  ///
  /// `deadline` is the time by which it must have exited, or `nil` for no limit. `interruption`
  /// ends it when a signal comes.
  ///
  /// - Throws: ``FileError`` when it cannot be run.
  func run(
    until deadline: Deadline?, interruption: Interruption
  ) async throws(FileError) -> Outcome {
    try await run(
      until: deadline, interruption: interruption, output: .currentStandardOutput,
      error: .currentStandardError)
  }

  /// Runs the program with other output, and waits until it exits.
  ///
  /// - Throws: as ``run(until:interruption:)`` does.
  func run<Output: OutputProtocol, Errors: ErrorOutputProtocol>(
    until deadline: Deadline?, interruption: Interruption?, output: Output, error: Errors
  ) async throws(FileError) -> Outcome {
    // After a signal the program is ended, too.
    LastResort.hold()
    defer { LastResort.release() }
    var platformOptions = PlatformOptions()
    platformOptions.createSession = true
    do {
      let result = try await Subprocess.run(
        .path(path), arguments: Arguments(bytes: arguments), platformOptions: platformOptions,
        input: .none, output: output, error: error
      ) { execution -> Outcome? in
        let program = ChildProcess(
          processID: execution.processIdentifier.value, leadsGroup: true)
        var reason: Outcome?
        let hasEnded = await program.waitForEnd {
          if interruption?.hasHappened == true { reason = .interrupted }
          if deadline?.hasPassed == true { reason = reason ?? .deadlinePassed }
          return reason == nil
        }
        if !hasEnded { await program.end() }
        return reason
      }
      if let reason = result.closureResult { return reason }
      return switch result.terminationStatus {
      case .exited(let code): .ended(.exited(code))
      case .signaled(let signal): .ended(.signalled(signal))
      }
    } catch {
      throw FileError(running: path, (error as? SubprocessError)?.underlyingError ?? .ioError)
    }
  }
}
