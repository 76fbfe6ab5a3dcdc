// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlClient
import SendmailControlDaemon
import TestSupport

/// A fault that is injected into the daemon, as the soak test distinguishes them, or a restart.
enum SoakFault: Sendable, Equatable, Codable {
  case silence
  case oneByteAtATime
  case stop(Int)
  case cut(Int)
  case reset(Int)
  case garbage(Int, seed: UInt64)
  case endless
  case fullListenQueue
  case closeAtOnce
  /// The daemon is asked to restart.
  case restart

  /// One by chance.
  static func any(using random: inout SeededNumbers) -> SoakFault {
    let count = Int.random(in: 0...150, using: &random)
    return random.pick([
      .silence, .oneByteAtATime, .stop(count), .cut(count), .reset(count),
      .garbage(count * 50, seed: random.next() >> 12), .endless, .fullListenQueue, .closeAtOnce,
      .restart, .restart,
    ])
  }

  /// The fault of the daemon.
  var fault: Fault {
    switch self {
    case .silence: .silence
    case .oneByteAtATime: .oneByteAtATime(pause: .microseconds(100))
    case .stop(let count): .stop(afterBytes: count)
    case .cut(let count): .cut(afterBytes: count)
    case .reset(let count): .reset(afterBytes: count)
    case .garbage(let count, let seed): .garbage(byteCount: count, seed: seed)
    case .endless: .endless
    case .fullListenQueue: .fullListenQueue
    case .closeAtOnce: .closeAtOnce
    case .restart: .slowRestart(.milliseconds(50))
    }
  }

  /// True if clients that meet it may wait until their deadline.
  var hangs: Bool {
    switch self {
    case .silence, .oneByteAtATime, .stop, .endless, .fullListenQueue: true
    case .cut, .reset, .garbage, .closeAtOnce, .restart: false
    }
  }

  /// Its name in the summary.
  var name: String { String("\(self)".prefix { $0 != "(" }) }

  /// Returns whether an exchange that met this fault may end so.
  func allows(
    _ outcome: ExchangeOutcome, of request: SoakRequest, in conditions: FaultHistory.Conditions
  )
    -> Bool
  {
    let received = outcome.head
    /// True if what came is the beginning of a right reply.
    let isBeginning = request.complaint(about: received, isWhole: false, in: conditions) == nil
    /// A connection whose request was not read to its end is reset when it is closed.
    let isClosed =
      request.isLeftUnread
      ? [.reset, .failed(.connectionBroken)].contains(outcome.end) : outcome.end == .closed
    switch (self, outcome.end) {
    // Where clients stay for long, others wait for a place in the queue, or for their turn.
    case (_, .failed(.listenQueueFull)): return hangs
    case (_, .failed(.deadlinePassed)) where outcome.count == 0: return hangs
    case (.oneByteAtATime, .failed(.deadlinePassed)): return isBeginning
    case (.stop(let most), .failed(.deadlinePassed)): return outcome.count <= most && isBeginning
    case (.cut(let most), _) where isClosed: return outcome.count <= most && isBeginning
    case (.reset(let most), .reset), (.reset(let most), .failed(.connectionBroken)):
      return outcome.count <= most && isBeginning
    case (.garbage(let count, let seed), _) where isClosed:
      var noise = SeededNumbers(seed: seed)
      return outcome.count == count
        && received.allSatisfy { $0 == UInt8(truncatingIfNeeded: noise.next()) }
    case (.endless, .failed(.deadlinePassed)): return true
    case (.closeAtOnce, .failed(.connectionBroken)):
      return outcome.count == 0
    case (.restart, .failed(.noSuchSocket)), (.restart, .failed(.noListener)): return true
    // In the queue of a socket that is closed.
    case (.restart, .closed), (.restart, .failed(.connectionBroken)): return outcome.count == 0
    default: return false
    }
  }
}
