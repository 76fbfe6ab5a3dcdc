// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// Threads of their own for work that blocks.
struct Threads {
  private let ended = DispatchSemaphore(value: 0)
  private let count: Int

  /// Runs `work` on `count` threads, each with its number.
  init(_ count: Int, work: @escaping @Sendable (_ number: Int) -> Void) {
    self.count = count
    for number in 0..<count {
      Thread { [ended] in
        work(number)
        ended.signal()
      }.start()
    }
  }

  /// Waits until all have returned.
  func wait() {
    for _ in 0..<count { ended.wait() }
  }
}
