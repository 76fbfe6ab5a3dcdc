// SPDX-License-Identifier: Apache-2.0

/// The counts of a queue directory, or of several.
package struct QueueCounts: Sendable, Equatable {
  /// Waiting messages: control files (`qf`).
  package var messages = 0
  /// Bytes of the bodies (`df`).
  package var bytes = 0
  /// The time of arrival of the oldest message, in seconds since 1970; `nil` without messages.
  package var oldest: Int?
  /// The time of arrival of the newest message, in seconds since 1970; `nil` without messages.
  package var newest: Int?
  /// The ages of the messages.
  package var ages = AgeHistogram()
  /// Messages in quarantine (`hf`).
  package var quarantined = 0
  /// Lost messages (`Qf`).
  package var lost = 0
  /// Control files of any of the three kinds that are locked now, which is to say that the message is
  /// being delivered; `nil` when locks cannot be seen.
  package var locked: Int? = 0
  /// Control files that are locked by the other kind of lock than that of the daemon, which sendmail does not
  /// see; `nil` when locks cannot be seen.
  package var lockedOtherwise: Int? = 0
  /// Messages that the next queue run gives up, and renames to `Qf` or deletes: by the owner, mode and size of
  /// their files, and by their contents where these were read.
  package var toBeLost = 0
  /// Control files that were not completed in time (`tf`, `Tf`).
  package var unfinished = 0
  /// Bodies without a control file, older than the grace time.
  package var orphans = 0
  /// Messages without a body: sendmail delivers them with an empty one.
  package var withoutBody = 0
  /// Messages whose control file the user that the queue is run as (`RunAsUser`) may not read and write: sendmail
  /// never delivers them.
  package var notPermitted = 0
  /// Transcripts (`xf`) older than the grace time, which no delivery attempt uses any more.
  package var transcripts = 0
  /// Everything else: files of other names, and files that are not regular.
  package var others = 0

  /// The age in seconds at which a file is unfinished or an orphan: the default of
  /// `Timeout.datablock`, for which sendmail lets a client pause.
  package static let graceTime = 3600

  /// Messages of which a part is missing.
  package var incomplete: Int { unfinished + orphans + withoutBody }

  /// Counts of nothing.
  package init() {}

  /// Counts a message.
  ///
  /// - Parameters:
  ///   - time: the time of arrival, in seconds since 1970.
  ///   - now: the time of the scan, in seconds since 1970.
  package mutating func addMessage(time: Int, now: Int) {
    messages += 1
    oldest = min(oldest ?? time, time)
    newest = max(newest ?? time, time)
    ages.add(age: AgeHistogram.age(of: time, at: now))
  }

  /// Counts a body of `size` bytes.
  package mutating func addBody(bytes size: Int) {
    bytes = bytes.addingClamped(max(0, size))
  }

  /// Adds the counts of `other`.
  package mutating func merge(_ other: QueueCounts) {
    messages += other.messages
    bytes = bytes.addingClamped(other.bytes)
    oldest = [oldest, other.oldest].compactMap(\.self).min()
    newest = [newest, other.newest].compactMap(\.self).max()
    ages.merge(other.ages)
    quarantined += other.quarantined
    lost += other.lost
    locked = locked.flatMap { own in other.locked.map { own + $0 } }
    lockedOtherwise = lockedOtherwise.flatMap { own in other.lockedOtherwise.map { own + $0 } }
    toBeLost += other.toBeLost
    unfinished += other.unfinished
    orphans += other.orphans
    withoutBody += other.withoutBody
    notPermitted += other.notPermitted
    transcripts += other.transcripts
    others += other.others
  }
}

extension Int {
  /// Returns the sum, or the largest number where it overflows: a sparse file can be of any size.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
