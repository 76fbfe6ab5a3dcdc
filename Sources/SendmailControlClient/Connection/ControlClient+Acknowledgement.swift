// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

extension ControlClient {
  /// Asks the daemon to restart.
  ///
  /// - Returns: the daemon's acknowledgement: it acts when its control child has ended.
  /// - Throws: ``ControlError``; its ``ControlError/requestWasSent`` says whether the daemon may still
  ///   restart.
  public func restart() async throws(ControlError) -> Acknowledgement<Restarted> {
    let watch = ListenerWatch(client: self)
    return try await acknowledge(.restart, watch) { watch, timeout throws(WatchError) in
      let restarted = try watch.waitForRestart(timeout: timeout)
      return Restarted(
        processID: restarted.newProcessID, previousProcessID: restarted.oldProcessID,
        unreachable: restarted.away)
    }
  }

  /// Asks the daemon to shut down.
  ///
  /// - Returns: the daemon's acknowledgement: it acts when its control child has ended.
  /// - Throws: ``ControlError``; its ``ControlError/requestWasSent`` says whether the daemon may still
  ///   shut down.
  public func shutdown() async throws(ControlError) -> Acknowledgement<ShutDown> {
    let watch = ListenerWatch(client: self)
    return try await acknowledge(.shutdown, watch) { watch, timeout throws(WatchError) in
      let ended = try watch.waitForShutdown(timeout: timeout)
      return ShutDown(
        processID: ended.processID, leftSocketFile: ended.socketLeft, duration: ended.took)
    }
  }

  /// A daemon's `OK`, which says that it was asked, and not that it has acted.
  public struct Acknowledgement<Outcome: Sendable>: Sendable {
    fileprivate let client: ControlClient
    fileprivate let watch: ListenerWatch
    fileprivate let wait: @Sendable (ListenerWatch, Duration) throws(WatchError) -> Outcome

    /// Waits until the daemon has carried the command out.
    ///
    /// - Throws: ``ControlError``: `notCarriedOut` when it ended instead or did not in time.
    public func completed(
      within timeout: Duration = .seconds(90)
    ) async throws(ControlError) -> Outcome {
      let cancellation = Cancellation()
      let watch = watch.interrupted(by: cancellation.interruption)
      let path = client.path
      let wait = wait
      return try await withTaskCancellationHandler { () async -> Result<Outcome, ControlError> in
        await ControlClient.onOwnThread(path, requestWasSent: true) { () throws(ControlError) in
          do throws(WatchError) {
            return try wait(watch, timeout)
          } catch {
            throw ControlError(error, path: path)
          }
        }
      } onCancel: {
        cancellation.cancel()
      }.get()
    }
  }

  /// A daemon that has restarted.
  public struct Restarted: Sendable, Hashable {
    /// The daemon now, if it is known.
    public let processID: Int32?
    /// The daemon before, if it is known: another one after `-bd`, the same after `-bD`.
    public let previousProcessID: Int32?
    /// The time during which no one could connect.
    public let unreachable: Duration

    /// The outcome of a restart, for tests of code that receives one.
    public init(processID: Int32?, previousProcessID: Int32?, unreachable: Duration) {
      self.processID = processID
      self.previousProcessID = previousProcessID
      self.unreachable = unreachable
    }
  }

  /// A daemon that has shut down.
  public struct ShutDown: Sendable, Hashable {
    /// The process that was asked, if it is known.
    public let processID: Int32?
    /// True if the socket file is left, without a listener.
    public let leftSocketFile: Bool
    /// The time that it took.
    public let duration: Duration

    /// The outcome of a shutdown, for tests of code that receives one.
    public init(processID: Int32?, leftSocketFile: Bool, duration: Duration) {
      self.processID = processID
      self.leftSocketFile = leftSocketFile
      self.duration = duration
    }
  }

  private func acknowledge<Outcome>(
    _ command: ControlCommand, _ watch: ListenerWatch,
    _ wait: @escaping @Sendable (ListenerWatch, Duration) throws(WatchError) -> Outcome
  ) async throws(ControlError) -> Acknowledgement<Outcome> {
    let reply = try await send(command)
    try checkEnd(of: reply)
    guard reply.bytes.starts(with: "OK\r\n".utf8) || reply.bytes.starts(with: "OK\n".utf8) else {
      throw error(
        ReplyError(
          Refusal(reply.bytes) == nil ? .malformed : .refused, text: reply.bytes.prefix(200),
          expected: "OK"))
    }
    var watch = watch
    watch.processID = reply.listener?.processID
    return Acknowledgement(client: self, watch: watch, wait: wait)
  }
}

extension ControlError {
  /// The error for a wait that did not reach its goal.
  fileprivate init(_ error: WatchError, path: FilePath) {
    switch error.code {
    case .interrupted: self.init(.cancelled, path: path, requestWasSent: true)
    case .cannotLook(let error): self = error
    case .daemonDied, .nothingHappened, .noNewListener, .stillRunning, .replaced:
      self.init(.notCarriedOut, path: path, requestWasSent: true)
    }
  }
}
