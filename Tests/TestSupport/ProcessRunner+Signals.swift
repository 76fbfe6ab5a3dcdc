// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Glibc
internal import Subprocess
public import SystemPackage

extension ProcessRunner {
  /// Runs `path`, with nothing on its standard input, while `body` observes it and sends it signals,
  /// and waits for its end.
  ///
  /// `output` is its standard output; `nil` is `/dev/null`. `error` is the same for standard error.
  /// `body` is passed its process id.
  ///
  /// - Returns: how it ended.
  /// - Throws: ``HarnessError`` when it cannot be started or does not end after `body` has, and what
  ///   `body` throws; it has been killed then.
  public static func run(
    _ path: FilePath, _ arguments: [String], environment: [String: String?] = [:],
    output: UnreadStream? = nil, error: UnreadStream? = nil,
    workingDirectory: FilePath? = nil, whileRunning body: (Int32) async throws -> Void
  ) async throws -> TerminalProgramEnding {
    let nothing = try FileDescriptor.open(FilePath("/dev/null"), .readWrite, options: .closeOnExec)
    defer { try? nothing.close() }
    let configuration = Configuration(
      executable: .path(path), arguments: Arguments(arguments),
      environment: .inherit.updating(environment.asKeys), workingDirectory: workingDirectory)
    let result = try await Subprocess.run(
      configuration, input: .none,
      output: .fileDescriptor(output?.writingEnd ?? nothing, closeAfterSpawningProcess: false),
      error: .fileDescriptor(error?.writingEnd ?? nothing, closeAfterSpawningProcess: false)
    ) { execution in
      let pid = execution.processIdentifier.value
      do {
        try await body(pid)
        try await eventually("the end of \(path) \(arguments)", timeout: .seconds(60)) {
          !isRunning(pid)
        }
      } catch {
        kill(pid, SIGKILL)
        throw error
      }
    }
    // Until here they must stay open.
    withExtendedLifetime((output, error)) {}
    return switch result.terminationStatus {
    case .exited(let code): .exited(code)
    case .signaled(let signal): .signaled(signal)
    }
  }

  /// Returns whether the process `pid` is there and has not ended; one that no one has reaped yet has.
  public static func isRunning(_ pid: Int32) -> Bool {
    let facts = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
    // After the name, which is in parentheses and may contain any: the state.
    guard let name = facts.lastIndex(of: UInt8(ascii: ")")) else { return false }
    let state = facts[name...].dropFirst(2).first
    return state != UInt8(ascii: "Z") && state != UInt8(ascii: "X")
  }
}
