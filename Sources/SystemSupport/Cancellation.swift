// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Synchronization

/// The cancellation of one wait on another thread, as by the task that awaits it.
package final class Cancellation: Sendable {
  private let isSet = Atomic<Bool>(false)
  private let pipe = SignalPipe()

  package init() {}

  package var isCancelled: Bool { isSet.load(ordering: .acquiring) }

  /// Ends the wait.
  package func cancel() {
    isSet.store(true, ordering: .releasing)
    pipe.wake()
  }

  /// The interruption that ends waits when this is cancelled.
  package var interruption: Interruption { Interruption(self, descriptor: pipe.descriptor) }
}
