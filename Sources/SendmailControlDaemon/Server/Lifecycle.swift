// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import NIOCore
internal import NIOPosix
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The daemon's socket, its PID file, and their coming and going.
///
/// It works on the event loop of its socket, so that a daemon carries commands out within milliseconds
/// also in a test run whose own tasks keep Swift's thread pool busy for half a minute.
actor Lifecycle {
  private let daemon: DaemonRuntime
  private let eventLoop: any EventLoop
  private var configuration: DaemonConfiguration { daemon.configuration }
  private var logger: Logger? { daemon.configuration.logger }
  /// The path of the socket.
  private let path: [UInt8]
  private var listener: (any Channel)?
  private var pidFile: LockedPIDFile?
  /// True if a file that we have made is at the path, as far as we know.
  private var hasFile = false
  private var restart: Task<Void, Never>?
  /// The time in which a daemon that restarts has no socket, while it lasts.
  private var restartGap: Scheduled<Void>?
  private var end: Task<Void, Never>?
  /// Connections of our own that keep the listen queue full.
  private var listenerDescriptor: Int32?
  private var queueFillers: [Int32] = []

  init(_ daemon: DaemonRuntime, on eventLoop: any EventLoop) {
    self.daemon = daemon
    path = daemon.configuration.socketPath?.bytes ?? []
    self.eventLoop = eventLoop
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe eventLoop.executor.asUnownedSerialExecutor()
  }

  // MARK: Opening

  /// Opens the socket in sendmail's order: length, safety, unlink, bind, owner, mode, listen; then
  /// writes the PID file. Unlike sendmail it locks that file first, so that a second daemon on the same
  /// PID file fails before it removes the socket of the first.
  func open(processID: Int32) async throws(DaemonError) {
    guard let socketPath = configuration.socketPath, !path.isEmpty else {
      throw DaemonError(.noPath)
    }
    if let verdict, !verdict.isAllowed { throw DaemonError(unsafe: verdict, path: socketPath) }
    guard configuration.replacesFiles ?? (verdict != nil) || isFreeOrSocket(path) else {
      throw DaemonError(.notASocket, path: socketPath)
    }
    if let file = configuration.pidFile { pidFile = try LockedPIDFile(locking: file.bytes) }
    try? Files.remove(path)
    do throws(DaemonError) {
      let descriptor = try listeningSocket(path)
      listener = try await channel(on: descriptor)
      listenerDescriptor = descriptor
      try pidFile?.write(processID: processID, commandLine: configuration.commandLine)
    } catch {
      await close(removingFile: true)
      let file = pidFile.take()
      file?.abandon()
      throw error
    }
    daemon.log.append(.listening)
  }

  /// Returns whether nothing is at `path`, or a socket.
  private func isFreeOrSocket(_ path: [UInt8]) -> Bool {
    guard case .found(let facts) = Files.lookup(path) else { return true }
    return facts.kind == .socket
  }

  private func listeningSocket(_ path: [UInt8]) throws(DaemonError) -> Int32 {
    let descriptor = try SystemCalls.boundSocket(
      path, mode: UInt32(configuration.socketMode.rawValue))
    hasFile = true
    do throws(DaemonError) {
      if let owner = socketOwner { try SystemCalls.changeOwner(path, to: owner) }
      try SystemCalls.startListening(descriptor, path: path, backlog: ControlLimits.listenBacklog)
      return descriptor
    } catch {
      SystemCalls.release(descriptor)
      throw error
    }
  }

  /// sendmail's judgement of the path now; `nil` when it is not asked for.
  private var verdict: PathVerdict? {
    guard let rules = configuration.pathRules.safety else { return nil }
    return PathSafety(rules: rules).check(path, lookup: { Files.lookup($0) })
  }

  /// The owner of the socket: the run-as user, or else the trusted user, when root is asked to share.
  private var socketOwner: UInt32? {
    guard let rules = configuration.pathRules.safety, ProcessIdentity.current.effectiveUser == 0
    else {
      return nil
    }
    return [rules.runAsUser, rules.trustedUser].first { $0 != 0 }
  }

  private func channel(on descriptor: Int32) async throws(DaemonError) -> any Channel {
    let daemon = daemon
    do {
      let bootstrap = ServerBootstrap(group: eventLoop)
        .serverChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(AcceptBackoff(daemon: daemon))
          }
        }
        .childChannelOption(.autoRead, value: false)
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .childChannelOption(.maxMessagesPerRead, value: 1)
        .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1))
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = ConnectionHandler(daemon: daemon) { command, fault in
              // At once, and not by way of the thread pool.
              Task.immediate { await self.act(on: command, under: fault) }
            }
            try channel.pipeline.syncOperations.addHandler(handler)
          }
        }
      let channel = try await value(of: bootstrap.withBoundSocket(descriptor))
      // SwiftNIO has listened once more, with a longer queue than sendmail's.
      try SystemCalls.startListening(descriptor, path: path, backlog: ControlLimits.listenBacklog)
      return channel
    } catch let error as DaemonError {
      throw error
    } catch let error as IOError {
      throw DaemonError(.system, systemCall: "listen", errno: error.errnoCode, path: path)
    } catch {
      throw DaemonError(.system, systemCall: "listen", path: configuration.socketPath)
    }
  }

  // MARK: Closing

  /// Closes the socket and removes its file, unless the path has become unsafe meanwhile.
  private func close(removingFile: Bool) async {
    releaseQueueFillers()
    let socket = listenerDescriptor.map(SystemCalls.copy)
    listenerDescriptor = nil
    // A failure to close says that the channel is closed already.
    if let listener { try? await value(of: listener.close(mode: .all)) }
    listener = nil
    // Only now: SwiftNIO does not expect a socket that it watches to be shut down.
    if let socket { SystemCalls.stopListening(socket) }
    guard hasFile else { return }
    hasFile = false
    guard removingFile, verdict?.isAllowed ?? true else { return }
    do {
      try Files.remove(path)
    } catch {
      logger?.warning("Could not remove control socket: \(error)")
    }
  }

  private func removePIDFile() {
    let file = pidFile.take()
    file?.remove()
  }

  /// Ends the daemon, and returns when it has ended, no matter who asked for it first.
  func stop(_ reason: DaemonEvent.StopReason) async {
    if end == nil { end = Task { await self.end(reason) } }
    await end?.value
  }

  private func end(_ reason: DaemonEvent.StopReason) async {
    restartGap?.cancel()
    await restart?.value
    // A restart that failed leaves the socket's file but not the PID file.
    await close(removingFile: reason == .command || reason == .call)
    if reason == .crash { pidFile = nil } else { removePIDFile() }
    daemon.log.append(.stopped(reason))
    daemon.end.append(.stopped(reason))
  }

  // MARK: Commands

  private func act(on command: ControlCommand, under fault: Fault?) async {
    switch command {
    case .shutdown:
      logger?.info("stopping daemon, reason=control socket")
      await stop(.command)
    case .restart: startAgain(dueTo: "control socket", under: fault ?? daemon.injection?.fault)
    case .help, .status, .mstat, .memdump:
      break
    }
  }

  /// Restarts the daemon, unless it restarts or ends already.
  func startAgain(dueTo cause: String, under fault: Fault?) {
    guard end == nil, restart == nil, restartGap == nil else { return }
    logger?.info("restarting \(configuration.commandLine.first ?? "") due to \(cause)")
    restart = Task { await self.closeAndOpenAgain(under: fault) }
  }

  private func closeAndOpenAgain(under fault: Fault?) async {
    defer { restart = nil }
    if fault == .restartByRelativePath {
      logger?.error("could not restart: need full path")
      // Not waited for: the end waits for this restart.
      if end == nil { end = Task { await self.end(.failedRestart) } }
      return
    }
    await close(removingFile: true)
    pidFile = nil
    daemon.log.append(.restarting)
    guard fault != .restartWithoutReturn else { return }
    // An end of the daemon meanwhile has not found this to cancel.
    guard end == nil else { return }
    let gap = if case .slowRestart(let gap) = fault { gap } else { configuration.restartGap }
    // A task that sleeps goes on by way of the thread pool.
    restartGap = eventLoop.scheduleTask(in: TimeAmount(gap)) {
      self.assumeIsolated { lifecycle in
        lifecycle.restartGap = nil
        lifecycle.restart = Task { await lifecycle.openAgain() }
      }
    }
  }

  private func openAgain() async {
    defer { restart = nil }
    do {
      try await open(processID: daemon.restart())
    } catch {
      logger?.warning("daemon \(error)")
      daemon.log.append(.withoutSocket(error))
    }
  }

  /// Returns the value of `future`. On its event loop it is mostly there at once; SwiftNIO's `get()`
  /// makes a detour through the thread pool all the same.
  private func value<Value: Sendable>(of future: EventLoopFuture<Value>) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      future.whenComplete { continuation.resume(with: $0) }
    }
  }

  // MARK: The listen queue

  /// Stops accepting and fills the queue, or undoes that, as the fault demands.
  func adjustListenQueue() async throws(DaemonError) {
    guard let listener else { return }
    let isFull = daemon.injection?.fault == .fullListenQueue
    do {
      try await value(of: listener.setOption(.autoRead, value: !isFull))
    } catch {
      throw DaemonError(.system, systemCall: "epoll_ctl", path: configuration.socketPath)
    }
    guard isFull else { return releaseQueueFillers() }
    queueFillers += try SystemCalls.fillListenQueue(
      of: path, most: 2 * ControlLimits.listenBacklog)
  }

  private func releaseQueueFillers() {
    for descriptor in queueFillers { SystemCalls.release(descriptor) }
    queueFillers = []
  }
}
