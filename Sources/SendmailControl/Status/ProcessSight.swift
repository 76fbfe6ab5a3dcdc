// SPDX-License-Identifier: GPL-3.0-or-later

/// What was found in the system's process table for a process that the daemon lists. It is never
/// sendmail's word: titles lag behind, and any process can set its own.
public enum ProcessSight: Sendable, Equatable {
  /// It is there.
  case seen(Facts)
  /// It runs, but this user may not read more of it (as with `hidepid`).
  case unreadable
  /// It was gone when the table was looked at.
  case gone
  /// Another process has its number by now: one that the daemon did not start, or that began after
  /// the daemon made its list.
  case reused

  /// What the process table says of a process.
  public struct Facts: Sendable, Equatable {
    /// How long ago it began.
    public var age: Duration
    /// The processor time it has used, its own and the system's for it.
    public var processorTime: Duration
    /// Its title, as `ps` shows it; `nil` when it has none or may not be read.
    public var title: [UInt8]?
    /// Whether it has ended and only waits to be reaped.
    public var hasEnded: Bool

    /// What the process table says of a process.
    public init(
      age: Duration, processorTime: Duration, title: [UInt8]? = nil, hasEnded: Bool = false
    ) {
      self.age = age
      self.processorTime = processorTime
      self.title = title
      self.hasEnded = hasEnded
    }
  }

  /// The facts, or `nil` when there are none.
  public var facts: Facts? {
    if case .seen(let facts) = self { facts } else { nil }
  }
}
