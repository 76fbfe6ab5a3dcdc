// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Counting in queues")
struct QueueCountingTests {
  @Test(
    "Ages fall into classes that double",
    arguments: [
      (-5, 0), (0, 0), (299, 0), (300, 1), (599, 1), (600, 2), (1199, 2), (1200, 3),
      (614_399, 11), (614_400, 12), (Int.max, 12), (Int.min, 0),
    ])
  func classes(age: Int, index: Int) {
    var histogram = AgeHistogram()
    histogram.add(age: age)
    #expect(histogram.counts.firstIndex(of: 1) == index)
    #expect(histogram.counts.reduce(0, +) == 1)
    #expect(AgeHistogram.bounds.count == 12)
  }

  @Test("No time is too far away to have an age")
  func extremes() {
    #expect(AgeHistogram.age(of: .min, at: 1) == .max)
    #expect(AgeHistogram.age(of: .max, at: -5) == 0)
    #expect(AgeHistogram.age(of: 100, at: 160) == 60)
  }

  @Test("The counts of parts add up to those of the whole")
  func merge() {
    var (whole, first, second) = (QueueCounts(), QueueCounts(), QueueCounts())
    for (index, time) in [500, 100, 900, 1000].enumerated() {
      whole.addMessage(time: time, now: 1000)
      whole.addBody(bytes: time)
      if index < 2 {
        first.addMessage(time: time, now: 1000)
        first.addBody(bytes: time)
      } else {
        second.addMessage(time: time, now: 1000)
        second.addBody(bytes: time)
      }
    }
    var merged = QueueCounts()
    merged.merge(second)
    merged.merge(QueueCounts())
    merged.merge(first)
    #expect(merged == whole)
    #expect((whole.oldest, whole.newest) == (100, 1000))
    #expect(whole.bytes == 2500)
  }

  @Test("Locks that cannot be seen in one part are not known in the whole")
  func unknownLocks() {
    var (first, second) = (QueueCounts(), QueueCounts())
    first.locked = nil
    second.locked = 3
    second.merge(first)
    #expect(second.locked == nil)
  }

  @Test("Bytes stop at the largest number")
  func manyBytes() {
    var counts = QueueCounts()
    counts.addBody(bytes: .max)
    counts.addBody(bytes: .max)
    counts.addBody(bytes: -1)
    #expect(counts.bytes == .max)
  }

  @Test("A detector shows which bodies may have no control file, in any order")
  func detector() {
    var detector = OrphanDetector()
    let ids = (0..<20000).map { Array("6AL72bPp\($0 + 100000)".utf8) }
    for id in ids { detector.addBody(id.span) }
    for id in ids.reversed() { detector.addControl(id.span) }
    #expect(detector.isBalanced)
    let orphans = [Array("6AL72bPp1".utf8), Array("X".utf8), []]
    for orphan in orphans { detector.addBody(orphan.span) }
    #expect(!detector.isBalanced)
    let areSuspect = orphans.allSatisfy { detector.isSuspect($0.span) }
    #expect(areSuspect)
    // Most of the others are beyond suspicion: three sums of 4096 are not 0.
    let suspects = ids.count { detector.isSuspect($0.span) }
    #expect(suspects < 200)
  }

  @Test("A control file without a body makes up for no other body")
  func detectorPairs() {
    var detector = OrphanDetector()
    detector.addControl(Array("A".utf8).span)
    detector.addBody(Array("B".utf8).span)
    let isSuspect = detector.isSuspect(Array("B".utf8).span)
    #expect(isSuspect)
  }
}
