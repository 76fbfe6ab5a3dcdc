// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization

/// The latest events of a daemon, for any number of readers, each at a pace of its own.
final class EventLog: Sendable {
  private struct Contents {
    var events: [DaemonEvent] = []
    /// The number of the first event that is still kept.
    var start = 0
    var isFinished = false
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextWaiter = 0
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

  /// The first event from number `position` on, which is moved past it; `nil` after the last event
  /// of a finished log, and when the task is cancelled.
  func next(_ position: inout Int) async -> DaemonEvent? {
    while true {
      let (event, isFinished) = contents.withLock { contents in
        let index = max(0, position - contents.start)
        guard index < contents.events.count else {
          return (nil as DaemonEvent?, contents.isFinished)
        }
        position = contents.start + index + 1
        return (contents.events[index], false)
      }
      if let event { return event }
      if isFinished || Task.isCancelled { return nil }
      await waitForMore(than: position)
    }
  }

  private func waitForMore(than position: Int) async {
    let number = contents.withLock { contents in
      contents.nextWaiter += 1
      return contents.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDue = contents.withLock { contents in
          // An event may have come, or the task may have been cancelled, before this lock.
          if Task.isCancelled || contents.isFinished
            || contents.start + contents.events.count > position
          {
            return true
          }
          contents.waiters[number] = continuation
          return false
        }
        if isDue { continuation.resume() }
      }
    } onCancel: {
      contents.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }

  private static func takeWaiters(
    _ contents: inout Contents
  ) -> [CheckedContinuation<Void, Never>] {
    guard !contents.waiters.isEmpty else { return [] }
    defer { contents.waiters = [:] }
    return Array(contents.waiters.values)
  }
}

/// The events of a daemon from its start on, as far as they are kept, and then as they happen. Ends
/// when the daemon was shut down by a call, or with the task.
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
      await log.next(&position)
    }
  }
}

/// The requests among the events of a daemon.
public struct DaemonRequests: AsyncSequence, Sendable {
  let log: EventLog

  /// An iterator that begins with the oldest request kept.
  public func makeAsyncIterator() -> Iterator {
    Iterator(events: DaemonEvents(log: log).makeAsyncIterator())
  }

  /// Reads one request after the other.
  public struct Iterator: AsyncIteratorProtocol {
    var events: DaemonEvents.Iterator

    /// The next request, waited for if need be.
    public mutating func next() async -> ReceivedRequest? {
      while let event = await events.next() {
        if case .request(let request) = event { return request }
      }
      return nil
    }
  }
}
