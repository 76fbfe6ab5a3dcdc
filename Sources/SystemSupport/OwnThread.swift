// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization
package import SystemPackage

/// Runs a function that blocks on a thread of its own: Swift's concurrency runtime has as many threads as
/// there are processors, and all tasks stop when each of them is blocked.
package enum OwnThread {
  /// Runs `body` on a new thread, which ends with it, and returns its result.
  ///
  /// `stackSize` is the size of the thread's stack: an exchange needs little, and there may be
  /// many.
  ///
  /// - Throws: the error of `pthread_create`, when no thread can be made; `body` was not called then.
  package static func run<Value: Sendable>(
    stackSize: Int = 512 * 1024, _ body: @escaping @Sendable () -> Value
  ) async throws(Errno) -> Value {
    try await withCheckedContinuation { (continuation: Continuation<Value>) in
      let work = Work { continuation.resume(returning: .success(body())) }
      let error = start(work, stackSize: stackSize)
      if error != 0 { continuation.resume(returning: .failure(Errno(rawValue: error))) }
    }.get()
  }

  /// Runs `body` on a new thread, and waits for its result until `deadline` or a signal. The thread is left
  /// alone then: it may be in a system call that does not return, as on a file system that hangs.
  ///
  /// - Returns: the result; `nil` when the deadline or the signal came first.
  /// - Throws: the error of `pthread_create`, when no thread can be made; `body` was not called then.
  package static func run<Value: Sendable>(
    until deadline: Deadline, interruption: Interruption?, stackSize: Int = 512 * 1024,
    _ body: @escaping @Sendable () -> Value
  ) throws(Errno) -> Value? {
    let pipe = SignalPipe()
    let result = Outcome<Value>()
    let error = start(
      Work {
        let value = body()
        result.value.withLock { $0 = value }
        pipe.wake()
      }, stackSize: stackSize)
    guard error == 0 else { throw Errno(rawValue: error) }
    _ = try Readiness.wait(
      for: pipe.descriptor, events: POLLIN, until: deadline, interruption: interruption)
    return result.value.withLock { $0 }
  }

  private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private typealias Continuation<Value> = CheckedContinuation<Result<Value, Errno>, Never>

  /// Runs `body` on a new thread that is not waited for. Without a thread it is not run.
  static func start(_ body: @escaping @Sendable () -> Void) {
    _ = start(Work(body), stackSize: 64 * 1024)
  }

  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts the thread and returns 0, or the error.
  private static func start(_ work: Work, stackSize: Int) -> CInt {
    var attributes = pthread_attr_t()
    let failure = unsafe pthread_attr_init(&attributes)
    guard failure == 0 else { return failure }
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackSize)
    unsafe pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    let argument = unsafe Unmanaged.passRetained(work)
    var thread = pthread_t()
    let result = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, argument.toOpaque())
    if result != 0 { unsafe argument.release() }
    return result
  }
}
