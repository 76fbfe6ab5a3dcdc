// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The latest events of a daemon, for any number of readers, each at a pace of its own.
final class EventLog: Sendable {
  private struct Contents {
    var events: [DaemonEvent] = []
    /// The number of the first event that is still kept.
    var start = 0
    /// The number of the first event that may be a request not taken yet.
    var requestPosition = 0
    var isFinished = false
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextWaiter = 0

    /// The number of the event after the last one.
    var end: Int { start + events.count }

    /// The first event from number `position` on, which is moved past it; `nil` if there is none yet.
    func event(at position: inout Int) -> DaemonEvent? {
      let index = max(0, position - start)
      guard index < events.count else { return nil }
      position = start + index + 1
      return events[index]
    }
  }
  private let contents = Mutex(Contents())
  private let limit: Int

  /// A log that keeps at least the latest `limit` events.
  init(limit: Int) {
    self.limit = max(1, limit)
  }

  func append(_ event: DaemonEvent) {
    let waiters = contents.withLock { contents in
      contents.events.append(event)
      if contents.events.count >= 2 * limit {
        contents.events.removeFirst(limit)
        contents.start += limit
      }
      return Self.takeWaiters(&contents)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Lets readers end once they have read everything.
  func finish() {
    let waiters = contents.withLock { contents in
      contents.isFinished = true
      return Self.takeWaiters(&contents)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// The outcome of waiting for an event.
  enum Next {
    case event(DaemonEvent)
    /// The log is finished and has been read to its end.
    case finished
    /// The task was cancelled.
    case cancelled
    case deadlinePassed
  }

  /// Waits for the first event from number `position` on, which is moved past it.
  ///
  /// `deadline` is the end of the wait; `nil` for none.
  func next(_ position: inout Int, until deadline: ContinuousClock.Instant? = nil) async -> Next {
    while true {
      let (event, isFinished) = contents.withLock { contents in
        (contents.event(at: &position), contents.isFinished)
      }
      if let event { return .event(event) }
      if let end = await wait(forMoreThan: position, isFinished, until: deadline) { return end }
    }
  }

  /// Waits for the first request that this function has not returned yet.
  func takeRequest(until deadline: ContinuousClock.Instant) async -> Next {
    while true {
      let (request, position, isFinished) = contents.withLock { contents in
        var position = contents.requestPosition
        var request: DaemonEvent?
        while request == nil, let event = contents.event(at: &position) {
          if case .request = event { request = event }
        }
        contents.requestPosition = position
        return (request, position, contents.isFinished)
      }
      if let request { return .event(request) }
      if let end = await wait(forMoreThan: position, isFinished, until: deadline) { return end }
    }
  }

  /// Waits until there are more events than `position`, and returns `nil`; or returns why not.
  private func wait(
    forMoreThan position: Int, _ isFinished: Bool, until deadline: ContinuousClock.Instant?
  ) async -> Next? {
    if isFinished { return .finished }
    if Task.isCancelled { return .cancelled }
    if let deadline, .now >= deadline { return .deadlinePassed }
    let number = contents.withLock { contents in
      contents.nextWaiter += 1
      return contents.nextWaiter
    }
    // By an event loop, which is on time also while Swift's thread pool has other work.
    let timer = deadline.map { deadline in
      MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(deadline - .now)) {
        self.wake(number)
      }
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDue = contents.withLock { contents in
          // An event may have come, or the task may have been cancelled, before this lock.
          if Task.isCancelled || contents.isFinished || contents.end > position
            || deadline.map({ $0 <= .now }) == true
          {
            return true
          }
          contents.waiters[number] = continuation
          return false
        }
        if isDue { continuation.resume() }
      }
    } onCancel: {
      wake(number)
    }
    timer?.cancel()
    return nil
  }

  private func wake(_ number: Int) {
    contents.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
  }

  private static func takeWaiters(
    _ contents: inout Contents
  ) -> [CheckedContinuation<Void, Never>] {
    guard !contents.waiters.isEmpty else { return [] }
    defer { contents.waiters = [:] }
    return Array(contents.waiters.values)
  }
}

/// The events of a daemon from its start on, of which the latest 10,000 are kept, and then as they happen.
/// They end when the daemon was shut down by a call, or with the task.
public struct DaemonEvents: AsyncSequence, Sendable {
  let log: EventLog

  /// An iterator that begins with the oldest event kept.
  public func makeAsyncIterator() -> Iterator {
    Iterator(log: log)
  }

  /// Reads one event after the other.
  public struct Iterator: AsyncIteratorProtocol {
    let log: EventLog
    var position = 0

    /// The next event, waited for if need be.
    public mutating func next() async -> DaemonEvent? {
      guard case .event(let event) = await log.next(&position) else { return nil }
      return event
    }
  }
}

/// The requests among the events of a daemon.
package struct DaemonRequests: AsyncSequence, Sendable {
  let log: EventLog

  /// An iterator that begins with the oldest request kept.
  package func makeAsyncIterator() -> Iterator {
    Iterator(events: DaemonEvents(log: log).makeAsyncIterator())
  }

  /// Reads one request after the other.
  package struct Iterator: AsyncIteratorProtocol {
    var events: DaemonEvents.Iterator

    /// The next request, waited for if need be.
    package mutating func next() async -> ControlDaemon.Request? {
      while let event = await events.next() {
        if case .request(let request) = event { return request }
      }
      return nil
    }
  }
}
