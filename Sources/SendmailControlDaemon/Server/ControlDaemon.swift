// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
public import SystemPackage
internal import SystemSupport

/// The server end of sendmail's control socket, in this process, for tests of programs that use it.
///
/// It answers each command in the same bytes as a sendmail 8.17 daemon. Its state can be changed and faults
/// can be injected at any time. ``withControlDaemon(_:_:)`` is the usual way to run one:
///
/// ```swift
/// try await withControlDaemon { daemon in
///   daemon.update { $0.addChild(.smtpServer(peer: "192.0.2.1")) }
///   // … what is tested connects to daemon.socketPath, or reads daemon.configurationFile …
///   let request = try await daemon.nextRequest()
/// }
/// ```
///
/// A daemon to which there is no reference any more ends, soon afterwards, as by ``shutdown()``; its
/// ``events`` and ``state`` are values of their own and do not keep it. All daemons of a process share
/// SwiftNIO's singleton event loops.
public final class ControlDaemon: Sendable {
  private let shared: DaemonRuntime
  private let lifecycle: Lifecycle
  private let directory: DaemonDirectory?

  private init(_ configuration: DaemonConfiguration) throws(DaemonError) {
    let eventLoop = try EventLoops.next(path: configuration.socketPath?.bytes ?? [])
    var configuration = configuration
    directory = configuration.makesDirectory ? try DaemonDirectory() : nil
    if let directory {
      configuration.socketPath = configuration.socketPath ?? directory.socket
      configuration.pidFile = configuration.pidFile ?? directory.pidFile
    }
    shared = DaemonRuntime(configuration)
    lifecycle = Lifecycle(shared, on: eventLoop)
    try directory?.writeConfigurationFile(configuration)
  }

  deinit {
    let (shared, lifecycle, directory) = (shared, lifecycle, directory)
    Task {
      await Self.shutDown(shared, lifecycle)
      directory?.remove()
    }
  }

  /// Starts a daemon, which accepts connections when this returns.
  ///
  /// - Throws: ``DaemonError`` when the rules refuse the path, or the system refuses a call.
  public static func start(
    _ configuration: DaemonConfiguration = DaemonConfiguration()
  ) async throws(DaemonError) -> ControlDaemon {
    let daemon = try ControlDaemon(configuration)
    try await daemon.lifecycle.open(processID: configuration.state.processID)
    guard let fault = configuration.fault else { return daemon }
    do {
      try await daemon.setFault(fault)
    } catch {
      await daemon.shutdown()
      throw error
    }
    return daemon
  }

  /// Checks that this process can open what a daemon needs, and so many descriptors besides.
  ///
  /// - Throws: ``DaemonError`` when it cannot.
  package static func requireDescriptors(_ count: Int) throws(DaemonError) {
    try SystemCalls.requireDescriptors(count + EventLoops.descriptorsNeeded, path: [])
  }

  /// The path of the socket.
  public var socketPath: FilePath { shared.configuration.socketPath ?? FilePath() }

  /// A sendmail.cf that names the socket and the PID file, and the limit of children at the start. Like them
  /// it is removed after the daemon's end.
  ///
  /// - Precondition: the daemon has made its own directory, as it does when its configuration names no
  ///   socket.
  public var configurationFile: FilePath {
    guard let directory else { preconditionFailure("this daemon has no directory of its own") }
    return directory.configurationFile
  }

  // MARK: State

  /// The daemon's state now.
  public var state: DaemonState { shared.state }

  /// Changes the state. Connections that are accepted from now on see it. Control children that wait for a
  /// request already keep the list of processes as it was when they were forked, as sendmail's do.
  ///
  /// - Returns: what `change` returns.
  /// - Throws: what `change` throws, and then nothing is changed.
  @discardableResult
  public func update<Result: Sendable, Failure: Error>(
    _ change: (inout DaemonState) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try shared.update(change)
  }

  // MARK: Faults

  /// The fault that the next connection will meet, or `nil`.
  public var fault: Fault? { shared.injection?.fault }

  /// Injects a fault, or none, from the next connection on.
  ///
  /// - Parameters:
  ///   - fault: the fault, or `nil` for none.
  ///   - connections: the number of connections that meet the fault before it is over; `nil` for all until
  ///     another is set. ``Fault/fullListenQueue`` accepts no connection and stays until another is set.
  /// - Throws: ``DaemonError`` when the listen queue cannot be stopped or started again.
  public func setFault(_ fault: Fault?, connections: Int? = nil) async throws(DaemonError) {
    try await inject(fault.flatMap { FaultInjection(fault: $0, connections: connections) })
  }

  /// Injects a fault while `body` runs. Afterwards the fault is the one before, or none.
  ///
  /// - Parameters:
  ///   - fault: the fault.
  ///   - connections: the number of connections that meet the fault before it is over; `nil` for all while
  ///     `body` runs.
  ///   - body: a function during which the fault is injected.
  /// - Returns: the result of `body`.
  /// - Throws: ``DaemonError`` when the listen queue cannot be stopped or started again, and what `body`
  ///   throws.
  public func withFault<Result>(
    _ fault: Fault, connections: Int? = nil, _ body: () async throws -> Result
  ) async throws -> Result {
    let before = shared.injection
    try await setFault(fault, connections: connections)
    let result: Result
    do {
      result = try await body()
    } catch {
      try await inject(before)
      throw error
    }
    try await inject(before)
    return result
  }

  private func inject(_ injection: FaultInjection?) async throws(DaemonError) {
    shared.injection = injection
    try await lifecycle.adjustListenQueue()
  }

  // MARK: Events

  /// The events since the start, and those to come.
  public var events: DaemonEvents { DaemonEvents(log: shared.log) }

  /// The requests received since the start, and those to come.
  package var requests: DaemonRequests { DaemonRequests(log: shared.log) }

  /// The oldest request that this function has not returned yet, waited for if there is none.
  ///
  /// - Throws: ``DaemonError`` with ``DaemonError/Code/deadlinePassed`` when none came in time, with
  ///   ``DaemonError/Code/ended`` when the daemon has ended, and with ``DaemonError/Code/cancelled``
  ///   when the task was cancelled.
  public func nextRequest(
    within timeout: Duration = .seconds(10)
  ) async throws(DaemonError) -> Request {
    let next = await shared.log.takeRequest(until: .now + timeout)
    guard case .request(let request) = try event(next) else {
      preconditionFailure("the log took another event for a request")
    }
    return request
  }

  /// Waits for an event. One that has happened since the start counts.
  ///
  /// - Throws: ``DaemonError`` as ``nextRequest(within:)`` does.
  public func wait(
    for event: DaemonEvent, within timeout: Duration = .seconds(10)
  ) async throws(DaemonError) {
    try await wait(for: { $0 == event }, within: timeout)
  }

  /// Waits for the first event since the start that `matches`, and returns it.
  ///
  /// - Throws: ``DaemonError`` as ``nextRequest(within:)`` does.
  @discardableResult
  public func wait(
    for matches: (DaemonEvent) -> Bool, within timeout: Duration = .seconds(10)
  ) async throws(DaemonError) -> DaemonEvent {
    let deadline = ContinuousClock.now + timeout
    var position = 0
    while true {
      let event = try event(await shared.log.next(&position, until: deadline))
      if matches(event) { return event }
    }
  }

  private func event(_ next: EventLog.Next) throws(DaemonError) -> DaemonEvent {
    switch next {
    case .event(let event): return event
    case .finished: throw DaemonError(.ended, path: socketPath)
    case .cancelled: throw DaemonError(.cancelled, path: socketPath)
    case .deadlinePassed: throw DaemonError(.deadlinePassed, path: socketPath)
    }
  }

  /// Waits until the daemon has ended: by the command `shutdown`, by a restart that failed, or by a call.
  ///
  /// - Returns: the reason, or `nil` when the task was cancelled before.
  public func waitUntilStopped() async -> DaemonEvent.StopReason? {
    for await event in DaemonEvents(log: shared.end) {
      if case .stopped(let reason) = event { return reason }
    }
    return nil
  }

  // MARK: End

  /// Restarts the daemon as sendmail does at SIGHUP.
  package func restart() async {
    await lifecycle.startAgain(dueTo: "signal", under: fault)
  }

  /// Ends the daemon in good order, if it has not ended yet, and closes every connection. The socket and the
  /// PID file are removed, provided that the rules for the path allow it. Then ``events`` end.
  public func shutdown() async {
    await Self.shutDown(shared, lifecycle)
  }

  private static func shutDown(_ shared: DaemonRuntime, _ lifecycle: Lifecycle) async {
    await lifecycle.stop(.call)
    for channel in shared.openChannels {
      // A failure to close says that the channel is closed already.
      try? await channel.close()
    }
    shared.log.finish()
  }

  /// Ends the daemon as SIGKILL would: the socket has no listener any more, and its file and the PID file
  /// stay. Connections that are open are still served.
  public func crash() async {
    await lifecycle.stop(.crash)
  }

  /// Removes the directory of the daemon's own.
  fileprivate func removeDirectory() {
    directory?.remove()
  }
}

/// Runs `body` with a daemon, which is shut down when `body` returns or throws.
///
/// Without a configuration the daemon is idle, and its socket, its PID file and its
/// ``ControlDaemon/configurationFile`` are in a directory with mode 0700 that is removed afterwards.
///
/// - Throws: ``DaemonError`` when the daemon cannot start, and what `body` throws.
public func withControlDaemon<Result>(
  _ configuration: DaemonConfiguration = DaemonConfiguration(),
  _ body: (ControlDaemon) async throws -> Result
) async throws -> Result {
  let daemon = try await ControlDaemon.start(configuration)
  let result: Result
  do {
    result = try await body(daemon)
  } catch {
    await daemon.shutdown()
    daemon.removeDirectory()
    throw error
  }
  await daemon.shutdown()
  daemon.removeDirectory()
  return result
}
