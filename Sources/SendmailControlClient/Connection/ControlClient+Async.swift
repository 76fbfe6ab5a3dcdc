// SPDX-License-Identifier: Apache-2.0

public import SendmailControl
internal import SystemPackage
internal import SystemSupport

extension ControlClient {
  /// The daemon's status (`status`).
  ///
  /// - Throws: ``ControlError``; its `cancelled` as soon as the task is cancelled.
  public func status() async throws(ControlError) -> DaemonStatus {
    try await status(.status)
  }

  /// The daemon's status with all queues and file systems (`mstat`).
  ///
  /// - Throws: ``ControlError``; its `cancelled` as soon as the task is cancelled.
  public func statusWithQueues() async throws(ControlError) -> DaemonStatus {
    try await status(.mstat)
  }

  /// The commands that the daemon announces (`help`).
  ///
  /// - Throws: ``ControlError``; its `refused` for a daemon without a help file.
  public func help() async throws(ControlError) -> [AnnouncedCommand] {
    let reply = try await send(.help)
    try checkEnd(of: reply)
    guard Refusal(reply.bytes) == nil else {
      throw error(ReplyError(.refused, text: reply.bytes.prefix(200), expected: "help"))
    }
    return AnnouncedCommand.all(in: reply.bytes)
  }

  /// Sends `command` and returns the whole reply.
  ///
  /// - Throws: ``ControlError``; its `cancelled` as soon as the task is cancelled.
  public func send(_ command: ControlCommand) async throws(ControlError) -> ControlReply {
    try await exchange(
      command.requestBytes, whenAccepted: command == .restart || command == .shutdown)
  }

  /// Sends `line`, to which the line feed is added, and returns the whole reply.
  ///
  /// - Throws: ``ControlError``; its `cancelled` as soon as the task is cancelled, and `system` with
  ///   `EINVAL` for a line that holds a line feed or a NUL, or is longer than the daemon reads.
  public func send(line: String) async throws(ControlError) -> ControlReply {
    let request = Array(line.utf8) + [ASCII.lineFeed]
    guard request.count <= ControlLimits.longestRequest,
      !line.utf8.contains(where: { $0 == ASCII.lineFeed || $0 == ASCII.null })
    else { throw ControlError(.system, call: "send", errno: .invalidArgument, path: path) }
    return try await exchange(request, whenAccepted: true)
  }

  /// A status every `interval`, failures included, until the task is cancelled. Each is a connection,
  /// which the daemon counts as a child.
  public func statuses(every interval: Duration) -> StatusSequence {
    StatusSequence(client: self, interval: interval)
  }

  private func status(_ command: ControlCommand) async throws(ControlError) -> DaemonStatus {
    let reply = try await send(command)
    do {
      let identity = DaemonIdentity(listener: reply.listener?.processID)
      return command == .mstat
        ? DaemonStatus(try MstatReply(parsing: reply.bytes), identity: identity)
        : DaemonStatus(try StatusReply(parsing: reply.bytes), identity: identity)
    } catch {
      throw self.error(error)
    }
  }

  /// Runs the exchange on a thread of its own, so that no thread of the concurrency runtime is blocked.
  func exchange(
    _ request: [UInt8], whenAccepted: Bool
  ) async throws(ControlError) -> ControlReply {
    let cancellation = Cancellation()
    let client = interrupted(by: cancellation.interruption)
    return try await withTaskCancellationHandler { () async -> Result<ControlReply, ControlError> in
      await Self.onOwnThread(path) { () throws(ControlError) in
        try client.exchange(request: request, whenAccepted: whenAccepted)
      }
    } onCancel: {
      cancellation.cancel()
    }.get()
  }

  /// Runs `body`, which blocks, on a thread of its own.
  ///
  /// `requestWasSent` is true if the request was sent before a thread was asked for.
  ///
  /// - Returns: its result; the error is `system` when no thread can be made, and then `body` was not called.
  static func onOwnThread<Value: Sendable>(
    _ path: FilePath, requestWasSent: Bool = false,
    _ body: @escaping @Sendable () throws(ControlError) -> Value
  ) async -> Result<Value, ControlError> {
    do throws(Errno) {
      return try await OwnThread.run {
        do throws(ControlError) { return .success(try body()) } catch { return .failure(error) }
      }
    } catch {
      return .failure(
        ControlError(
          .system, call: "pthread_create", errno: error, path: path,
          requestWasSent: requestWasSent))
    }
  }

  func checkEnd(of reply: ControlReply) throws(ControlError) {
    do {
      try ReplyError.checkEnd(of: reply.bytes)
    } catch {
      throw self.error(error)
    }
  }

  func error(_ error: ReplyError) -> ControlError {
    ControlError(
      error.code == .refused ? .refused : .badReply, path: path, requestWasSent: true, reply: error)
  }
}

/// The statuses of a daemon, one every interval. It never ends by itself: cancel the task.
public struct StatusSequence: AsyncSequence, Sendable {
  /// A status, or the reason why there is none.
  public typealias Element = Result<DaemonStatus, ControlError>
  /// It never throws.
  public typealias Failure = Never

  let client: ControlClient
  let interval: Duration

  /// An iterator, which queries at once and then every interval.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(client: client, interval: interval)
  }

  /// Queries once a call, at most every interval.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let client: ControlClient
    let interval: Duration
    private var next: ContinuousClock.Instant?

    init(client: ControlClient, interval: Duration) {
      self.client = client
      self.interval = interval
    }

    /// Returns the next status, or `nil` when the task is cancelled.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async -> Element? {
      if let next { try? await Task.sleep(until: next, clock: .continuous) }
      guard !Task.isCancelled else { return nil }
      next = .now.advanced(by: interval)
      do throws(ControlError) {
        return .success(try await client.status())
      } catch {
        return error.code == .cancelled ? nil : .failure(error)
      }
    }
  }
}
