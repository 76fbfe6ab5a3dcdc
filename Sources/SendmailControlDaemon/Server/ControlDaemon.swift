// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore

/// The server end of sendmail's control socket, in this process.
///
/// It opens, guards and removes its socket as a sendmail 8.17 daemon does, answers each command in
/// the same bytes, and goes wrong on demand. Its state can be changed at any time.
///
/// ```swift
/// try await withControlDaemon(DaemonConfiguration(socketPath: path)) { daemon in
///   daemon.update { $0.processes.enter(.smtpServer(pid: 4711, peer: "192.0.2.1")) }
///   // … talk to the socket …
///   let request = await daemon.requests.first { _ in true }
/// }
/// ```
public final class ControlDaemon: Sendable {
  private let shared: SharedDaemon
  private let lifecycle: Lifecycle

  private init(_ configuration: DaemonConfiguration) throws(DaemonError) {
    let eventLoop = try EventLoops.next(path: configuration.socketPath)
    shared = SharedDaemon(configuration)
    lifecycle = Lifecycle(shared, on: eventLoop)
  }

  /// Starts a daemon, which takes connections when this returns.
  ///
  /// - Throws: ``DaemonError`` when the path is refused as sendmail would refuse it, or the system
  ///   refuses a call.
  public static func start(
    _ configuration: DaemonConfiguration
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
  public var socketPath: [UInt8] { shared.configuration.socketPath }

  // MARK: State

  /// The daemon's state now, its control children included.
  public var state: DaemonState { shared.state }

  /// Changes the state. Control children that are forked from now on see it; those already waiting
  /// for a request keep the process list of their fork, as sendmail's do.
  ///
  /// - Throws: what `change` throws, and then nothing is changed.
  public func update<Failure: Error>(
    _ change: (inout DaemonState) throws(Failure) -> Void
  ) throws(Failure) {
    try shared.update(change)
  }

  /// The way in which the daemon goes wrong, or `nil`.
  public var fault: Fault? { shared.fault }

  /// Makes the daemon go wrong in another way, or not at all, from the next connection on.
  ///
  /// - Throws: ``DaemonError`` when the listen queue cannot be stopped or started again.
  public func setFault(_ fault: Fault?) async throws(DaemonError) {
    shared.fault = fault
    try await lifecycle.adjustListenQueue()
  }

  // MARK: Events

  /// What has happened since the start and what happens from now on.
  public var events: DaemonEvents { DaemonEvents(log: shared.log) }

  /// The requests received since the start, and those to come.
  public var requests: DaemonRequests { DaemonRequests(log: shared.log) }

  /// Waits until the daemon has ended: by the command `shutdown`, by a restart that failed, or by a
  /// call. Returns the reason, or `nil` when the task was cancelled before.
  public func waitUntilStopped() async -> DaemonEvent.StopReason? {
    for await event in DaemonEvents(log: shared.end) {
      if case .stopped(let reason) = event { return reason }
    }
    return nil
  }

  /// Restarts the daemon as sendmail does at SIGHUP.
  package func restart() async {
    await lifecycle.startAgain(dueTo: "signal")
  }

  // MARK: End

  /// Ends the daemon in good order, if it has not ended yet: the socket and the PID file are
  /// removed, provided that sendmail would. Then closes every connection; ``events`` end.
  public func shutdown() async {
    await lifecycle.stop(.call)
    for channel in shared.openChannels {
      // A failure to close says that the channel is closed already.
      try? await channel.close()
    }
    shared.log.finish()
  }

  /// Ends the daemon as `kill -9` would: nothing listens any more, and the socket's file and the PID
  /// file stay. Its control children live on.
  public func crash() async {
    await lifecycle.stop(.crash)
  }
}

/// Runs `body` with a daemon, which is shut down whatever happens.
///
/// - Throws: ``DaemonError`` when the daemon cannot start, and what `body` throws.
public func withControlDaemon<Result>(
  _ configuration: DaemonConfiguration, _ body: (ControlDaemon) async throws -> Result
) async throws -> Result {
  let daemon = try await ControlDaemon.start(configuration)
  do {
    let result = try await body(daemon)
    await daemon.shutdown()
    return result
  } catch {
    await daemon.shutdown()
    throw error
  }
}
