// SPDX-License-Identifier: GPL-3.0-or-later

public import Subprocess
public import SystemPackage

/// The end of a program and its output.
public struct ProcessOutcome: Sendable {
  /// The exit status, or the signal that killed it.
  public let termination: TerminationStatus
  /// All bytes of standard output.
  public let standardOutput: [UInt8]
  /// All bytes of standard error.
  public let standardError: [UInt8]

  /// The exit status, or `nil` when a signal killed the program.
  public var status: Int32? {
    if case .exited(let code) = termination { code } else { nil }
  }

  /// The signal that killed the program, or `nil` when it exited.
  public var signal: Int32? {
    if case .signaled(let code) = termination { code } else { nil }
  }

  /// Standard output as UTF-8, repaired where it is none.
  public var output: String { String(decoding: standardOutput, as: UTF8.self) }

  /// Standard error as UTF-8, repaired where it is none.
  public var errorOutput: String { String(decoding: standardError, as: UTF8.self) }
}

/// Runs programs to their end.
public enum ProcessRunner {
  /// Runs `path` and waits for its end. JSON objects of smcontrol on standard output are validated.
  ///
  /// `environment` has variables to set over those of the test process; `nil` unsets one. `input`
  /// is all of standard input. Without bytes it is `/dev/null`. The program may end without having
  /// read it. `user` is the user to run it as; only root may name another user than itself.
  /// `timeout` is an upper bound; then the program is killed.
  ///
  /// - Throws: ``HarnessError`` when the program cannot be started, writes more than 64 MiB or is
  ///   still there after `timeout`.
  public static func run(
    _ path: FilePath, _ arguments: [String] = [], environment: [String: String?] = [:],
    input: [UInt8] = [], workingDirectory: FilePath? = nil, user: SystemUser? = nil,
    timeout: Duration = .seconds(180)
  ) async throws -> ProcessOutcome {
    try await run(
      path, rawArguments: arguments.map { Array($0.utf8) }, environment: environment, input: input,
      workingDirectory: workingDirectory, user: user, timeout: timeout)
  }

  /// Runs `path` with arguments that may be no UTF-8, and waits for its end.
  ///
  /// - Throws: as ``run(_:_:environment:input:workingDirectory:user:timeout:)`` does.
  public static func run(
    _ path: FilePath, rawArguments: [[UInt8]], environment: [String: String?] = [:],
    input: [UInt8] = [], workingDirectory: FilePath? = nil, user: SystemUser? = nil,
    timeout: Duration = .seconds(180)
  ) async throws -> ProcessOutcome {
    let prefix = user?.programPrefix ?? []
    let words = (prefix.isEmpty ? [] : prefix + [path.string]).dropFirst().map { Array($0.utf8) }
    let configuration = Configuration(
      executable: .path(prefix.first.map { FilePath($0) } ?? path),
      // Subprocess takes them for C strings.
      arguments: Arguments((words + rawArguments).map { $0 + [0] }),
      environment: .inherit.updating(environment.asKeys), workingDirectory: workingDirectory)
    let started = StartedProcess()
    return try await withThrowingTaskGroup(of: ProcessOutcome?.self) { group in
      group.addTask {
        try await outcome(
          of: configuration, started, input: input, deadline: ContinuousClock.now + timeout)
      }
      group.addTask {
        try await Task.sleep(for: timeout)
        return nil
      }
      // Cancelling kills the program.
      defer { group.cancelAll() }
      guard let outcome = try await group.next() ?? nil else {
        throw HarnessError(
          "\(path) \(configuration.arguments) was still running after \(timeout): \(started)")
      }
      await SchemaValidator.check(outcome.standardOutput)
      return outcome
    }
  }

  private static let outputLimit = 64 * 1024 * 1024

  private static func outcome(
    of configuration: Configuration, _ started: StartedProcess, input: [UInt8],
    deadline: ContinuousClock.Instant
  ) async throws -> ProcessOutcome {
    do {
      if input.isEmpty {
        return ProcessOutcome(
          try await Subprocess.run(
            configuration, input: .none, output: .bytes(limit: outputLimit),
            error: .bytes(limit: outputLimit), body: started.note))
      }
      let pipe = try InputPipe(deadline: deadline)
      async let written: Void = pipe.write(input)
      let result = try await Subprocess.run(
        configuration,
        input: .fileDescriptor(pipe.readingEnd, closeAfterSpawningProcess: true),
        output: .bytes(limit: outputLimit), error: .bytes(limit: outputLimit),
        body: started.note)
      try await written
      return ProcessOutcome(result)
    } catch let error as SubprocessError {
      throw HarnessError("cannot run \(configuration.executable): \(error)")
    }
  }
}

extension ProcessOutcome {
  fileprivate init(_ result: ExecutionResult<Void, BytesOutput, BytesOutput>) {
    self.init(
      termination: result.terminationStatus, standardOutput: result.standardOutput,
      standardError: result.standardError)
  }
}

extension [String: String?] {
  /// The same with Subprocess's own type of name.
  var asKeys: [Environment.Key: String?] {
    var keys: [Environment.Key: String?] = [:]
    for (name, value) in self {
      if let key = Environment.Key(rawValue: name) { keys[key] = .some(value) }
    }
    return keys
  }
}
