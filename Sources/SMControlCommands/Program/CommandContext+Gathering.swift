// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization
internal import SystemSupport

/// A result that another thread works out part by part.
final class PartialResult<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) {
    self.value = Mutex(value)
  }

  /// The result so far.
  var soFar: Value { value.withLock { $0 } }

  /// Changes the result.
  func note(_ change: (inout Value) -> Void) {
    value.withLock { change(&$0) }
  }
}

extension CommandContext {
  /// The time that is left for the answer itself.
  private static let margin = Duration.milliseconds(250)

  /// Runs `body` on a thread of its own, and no longer than `time`: a system call on a file system that hangs does
  /// not return.
  ///
  /// - Parameters:
  ///   - start: the result before anything has been noted.
  ///   - time: the longest time.
  ///   - body: the function, which is passed the moment at which it is not waited for any more.
  /// - Returns: what `body` has noted by then.
  /// - Throws: ``CommandFailure``: that of `body`, or with ``ExitStatus/interrupted``.
  func gather<Value: Sendable>(
    _ start: Value, within time: Duration,
    _ body:
      @escaping @Sendable (CommandContext, Deadline, PartialResult<Value>) throws(CommandFailure)
      -> Void
  ) throws(CommandFailure) -> Value {
    let deadline = Deadline(after: time - min(time / 10, Self.margin))
    let result = PartialResult(start)
    let outcome: Result<Void, CommandFailure>?
    do {
      outcome = try OwnThread.run(until: deadline, interruption: interruption) {
        [console, interruption, environment] in
        let context = CommandContext(
          console: console, interruption: interruption, environment: environment)
        return Result { () throws(CommandFailure) in try body(context, deadline, result) }
      }
    } catch {
      throw CommandFailure(.systemError, "pthread_create: \(error)")
    }
    guard !interruption.hasHappened else { throw CommandFailure(.interrupted, []) }
    try outcome?.get()
    return result.soFar
  }
}
