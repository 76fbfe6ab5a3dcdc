// SPDX-License-Identifier: Apache-2.0

/// Cuts a reply into the pieces that its plan asks for.
struct ReplyWriter: Sendable {
  /// The next step of writing.
  enum Step: Sendable {
    /// Write these bytes and ask again.
    case piece([UInt8])
    /// Write these bytes, and close when they are written.
    case last([UInt8])
    /// Wait this long, call ``ReplyWriter/resume()``, and ask again.
    case pause(Duration)
    /// Close: there is nothing to write.
    case close
  }

  private var plan: ReplyPlan
  /// The bytes that the source has given and that were not sent yet.
  private var rest: ArraySlice<UInt8> = []
  private var sentCount = 0
  private var pauseIsDue = false
  private var isPausing = false
  private var isEnded = false

  init(_ plan: ReplyPlan) {
    self.plan = plan
  }

  /// The next step; `nil` when there is nothing to do now or ever.
  ///
  /// `size` is the approximate size of a piece of a long reply, in bytes.
  mutating func next(size: Int) -> Step? {
    guard !isEnded, !isPausing else { return nil }
    if pauseIsDue, let pause = plan.pause {
      pauseIsDue = false
      isPausing = true
      return .pause(pause)
    }
    guard hasMore(size: size) else {
      isEnded = true
      return plan.end == .close ? .close : nil
    }
    let piece = Array(rest.prefix(plan.pause == nil ? allowance : min(1, allowance)))
    rest = rest.dropFirst(piece.count)
    sentCount += piece.count
    if hasMore(size: size) {
      pauseIsDue = plan.pause != nil
      return .piece(piece)
    }
    isEnded = true
    return plan.end == .close ? .last(piece) : .piece(piece)
  }

  /// Ends a pause.
  mutating func resume() {
    isPausing = false
  }

  /// The number of bytes that the plan still allows.
  private var allowance: Int { plan.limit.map { max(0, $0 - sentCount) } ?? .max }

  /// Returns whether there is a byte to send, which may mean to ask the source for more.
  private mutating func hasMore(size: Int) -> Bool {
    guard allowance > 0 else { return false }
    if rest.isEmpty, let more = plan.source.next(size: size) { rest = more[...] }
    return !rest.isEmpty
  }
}
