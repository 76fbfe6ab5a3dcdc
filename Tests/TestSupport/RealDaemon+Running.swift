// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Subprocess
internal import SystemPackage

extension RealDaemon {
  /// Starts a daemon, waits until it listens, runs `body`, and stops the daemon with everything
  /// that came of it: children, shared memory, files.
  ///
  /// - Throws: ``HarnessError`` when the daemon does not come up, and what `body` throws.
  public static func run<Result: Sendable>(
    _ options: Options = Options(), _ body: (RealDaemon) async throws -> Result
  ) async throws -> Result {
    for _ in 0..<5 {
      do {
        return try await runOnce(options, body)
      } catch is PortTaken {
        continue
      }
    }
    throw HarnessError("5 ports of 127.0.0.1 in a row were taken before sendmail could bind them")
  }

  /// Another program took the port between the choice and the daemon's `bind`.
  private struct PortTaken: Error {}

  private static func runOnce<Result: Sendable>(
    _ options: Options, _ body: (RealDaemon) async throws -> Result
  ) async throws -> Result {
    let sendmail = try await RealSendmail.required()
    return try await withTemporaryDirectory(below: options.parent) { directory in
      let daemon = try RealDaemon(options, sendmail, in: directory)
      try await DaemonReaper.shared.get().watch(
        directory.path, key: daemon.places.sharedMemoryKey)
      let processes = DaemonProcesses(directory: directory.path)
      defer { daemon.places.sharedMemoryKey.map(SharedMemorySegment.remove) }
      let output = try FileDescriptor.open(
        daemon.places.output, .writeOnly, options: [.create, .append, .closeOnExec],
        permissions: [.ownerReadWrite])
      return try await Subprocess.run(
        daemon.startConfiguration, input: .none,
        output: .fileDescriptor(output, closeAfterSpawningProcess: true),
        error: .combinedWithOutput
      ) { execution in
        let outcome: Swift.Result<Result, any Error>
        do {
          try await daemon.waitUntilListening(started: execution.processIdentifier.value)
          outcome = .success(try await body(daemon))
        } catch {
          outcome = .failure(error)
        }
        try await processes.killAll()
        return try outcome.get()
      }.closureResult
    }
  }

  /// Makes everything the daemon needs, and starts nothing.
  private convenience init(
    _ options: Options, _ sendmail: RealSendmail, in directory: TemporaryDirectory
  ) throws {
    let user = try options.asOrdinaryUser ? SystemUser.ordinary() : .current
    let program = user == .current ? sendmail : try sendmail.copied(to: directory)
    let places = Places(
      directory: directory.path, helpFile: program.helpFile,
      smtpPort: try LoopbackPort.unused(),
      sharedMemoryKey: options.sharesMemory ? SharedMemorySegment.unusedKey() : nil)
    self.init(places: places, sendmail: program, user: user, options: options)
    for name in [""] + options.queueDirectories {
      let made = try directory.makeDirectory(name.isEmpty ? "mq" : "mq/\(name)")
      try user.own(made)
    }
    try user.own(directory.path)
    try directory.write(options.configuration(for: places, user: user), to: "sendmail.cf")
    try options.prepare(directory.path)
  }

  private var startConfiguration: Configuration {
    var platformOptions = PlatformOptions()
    // A session of its own: a signal for the tests' terminal is none of the daemon's.
    platformOptions.createSession = true
    let arguments =
      ["-C\(places.configurationFile)", options.mode.rawValue]
      + options.arguments.map { $0.replacing("@DIR@", with: places.directory.string) }
    let prefix = user.programPrefix
    return Configuration(
      executable: .path(prefix.first.map { FilePath($0) } ?? sendmail.binary),
      arguments: prefix.isEmpty
        ? Arguments(
          executablePathOverride: options.argumentZero ?? sendmail.binary.string,
          remainingValues: arguments)
        : Arguments(Array(prefix.dropFirst()) + [sendmail.binary.string] + arguments),
      environment: .inherit.updating(environment.asKeys),
      workingDirectory: places.directory, platformOptions: platformOptions)
  }

  /// Waits for the PID file, which sendmail writes once it listens on its control socket. A connection
  /// would tell as much, but each counts as a child of the daemon for a while.
  private func waitUntilListening(started: Int32) async throws {
    try await eventually("the daemon's PID file") {
      // Before the search for processes: a detaching daemon is there before its parent ends.
      let isAlone = DaemonProcesses.hasEnded(started)
      if let pid = pidFromFile(), isRunning(pid) { return true }
      if (output + log).contains("Address already in use") { throw PortTaken() }
      if isAlone, processes.isEmpty {
        throw HarnessError("the daemon ended before it was ready; \(diagnosis)")
      }
      return false
    }
    guard !options.needsControlSocket || socketIdentity() != nil else {
      throw HarnessError("the daemon has no control socket; \(diagnosis)")
    }
  }
}
