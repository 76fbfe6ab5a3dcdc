// SPDX-License-Identifier: GPL-3.0-or-later

/// What was counted in a queue directory, or in several.
public struct QueueSurvey: Sendable, Equatable {
  /// Messages that wait: control files (`qf`).
  public var messages = 0
  /// Bytes of the bodies (`df`).
  public var bytes = 0
  /// When the oldest of the messages came, in seconds since 1970; `nil` without messages.
  public var oldest: Int?
  /// When the newest of the messages came, in seconds since 1970; `nil` without messages.
  public var newest: Int?
  /// The ages of the messages.
  public var ages = AgeHistogram()
  /// Messages in quarantine (`hf`).
  public var quarantined = 0
  /// Lost messages (`Qf`).
  public var lost = 0
  /// Control files of any of the three kinds that are locked at this moment, by who delivers the
  /// message; `nil` when nobody can tell.
  public var locked: Int? = 0
  /// Control files that were begun and not ended in time (`tf`, `Tf`).
  public var unfinished = 0
  /// Bodies without a control file, older than the grace time.
  public var orphans = 0
  /// Everything else but transcripts: files of other names, and what is no regular file.
  public var others = 0

  /// How old a file must be, in seconds, before it is unfinished or an orphan: as long as
  /// `Timeout.datablock` lets a client pause unless it is set.
  public static let graceTime = 3600

  /// Nothing counted.
  public init() {}

  /// What somebody has to look into before it is a message again, or goes.
  public var incomplete: Int { unfinished + orphans }

  /// Counts a message that came at `time`, looked at `now`, both in seconds since 1970.
  public mutating func addMessage(time: Int, now: Int) {
    messages += 1
    oldest = min(oldest ?? time, time)
    newest = max(newest ?? time, time)
    ages.add(age: AgeHistogram.age(of: time, at: now))
  }

  /// Adds everything that `other` has counted.
  public mutating func merge(_ other: QueueSurvey) {
    messages += other.messages
    bytes = bytes.addingClamped(other.bytes)
    oldest = [oldest, other.oldest].compactMap(\.self).min()
    newest = [newest, other.newest].compactMap(\.self).max()
    ages.merge(other.ages)
    quarantined += other.quarantined
    lost += other.lost
    locked = locked.flatMap { own in other.locked.map { own + $0 } }
    unfinished += other.unfinished
    orphans += other.orphans
    others += other.others
  }
}

extension Int {
  /// The sum, or the largest number where there is none: a sparse file can be of any size.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension QueueSurvey {
  /// Counts a body of so many bytes.
  public mutating func addBody(bytes size: Int) {
    bytes = bytes.addingClamped(max(0, size))
  }
}
