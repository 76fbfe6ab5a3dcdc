// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Runs a function that blocks on a thread of its own: Swift's concurrency runtime has as many threads as
/// there are processors, and all tasks stop when each of them is blocked.
package enum OwnThread {
  /// Runs `body` on a new thread, which ends with it, and returns its result.
  package static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      let work = Work { continuation.resume(returning: body()) }
      if !start(work) {
        // No thread can be made: the caller's is the only one left.
        work.body()
      }
    }
  }

  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// The stack of a thread: the exchange needs little, and there may be many.
  private static let stackSize = 512 * 1024

  private static func start(_ work: Work) -> Bool {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return false }
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
    return result == 0
  }
}
