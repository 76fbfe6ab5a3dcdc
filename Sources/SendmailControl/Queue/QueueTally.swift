// SPDX-License-Identifier: GPL-3.0-or-later

/// Counts by a name and by age, in bounded memory for any number of names.
///
/// When there are twice as many names as the bound, the smaller half is given up: what was counted
/// for it goes to ``others``. A name that comes again begins anew, so that each count may be too small
/// by ``shortfall`` at most. Names that make up a greater part of all than that are never lost.
public struct QueueTally: Sendable {
  /// A name and what was counted for it.
  public struct Entry: Sendable, Equatable {
    /// The name; `nil` stands for none, as a local address has no domain.
    public var name: [UInt8]?
    /// The counts.
    public var ages: AgeHistogram

    /// A name and its counts.
    public init(name: [UInt8]?, ages: AgeHistogram) {
      self.name = name
      self.ages = ages
    }
  }

  /// The names that are kept for certain.
  public let bound: Int
  /// What was counted for names that were given up.
  public private(set) var others = AgeHistogram()
  /// How much too small a count may be; 0 when no name was given up, and all counts are exact.
  public private(set) var shortfall = 0
  private var counts: [[UInt8]?: AgeHistogram] = [:]

  /// A tally of nothing, for so many names; at least 1.
  public init(bound: Int = 8192) {
    self.bound = max(1, bound)
  }

  /// How many names have a count.
  public var count: Int { counts.count }

  /// Everything that was counted.
  public var total: AgeHistogram {
    var total = others
    for ages in counts.values { total.merge(ages) }
    return total
  }

  /// Counts one of this name and age in seconds.
  public mutating func add(_ name: [UInt8]?, age: Int) {
    counts[name, default: AgeHistogram()].add(age: age)
    prune()
  }

  /// Adds everything that `other` has counted.
  public mutating func merge(_ other: QueueTally) {
    others.merge(other.others)
    shortfall += other.shortfall
    for (name, ages) in other.counts {
      counts[name, default: AgeHistogram()].merge(ages)
      prune()
    }
  }

  /// The names with the largest counts, the largest first; those of the same count by name.
  ///
  /// - Parameter limit: how many at most; `nil` for all that have a count.
  public func top(_ limit: Int? = nil) -> [Entry] {
    let sorted = counts.map { Entry(name: $0.key, ages: $0.value) }.sorted(by: Self.isBefore)
    return Array(sorted.prefix(limit ?? sorted.count))
  }

  private mutating func prune() {
    guard counts.count >= 2 * bound else { return }
    let sorted = counts.map { Entry(name: $0.key, ages: $0.value) }.sorted(by: Self.isBefore)
    shortfall += sorted[bound].ages.total
    for entry in sorted[bound...] { others.merge(entry.ages) }
    counts = Dictionary(
      uniqueKeysWithValues: sorted[..<bound].map { ($0.name, $0.ages) })
  }

  private static func isBefore(_ one: Entry, _ two: Entry) -> Bool {
    if one.ages.total != two.ages.total { return one.ages.total > two.ages.total }
    guard let two = two.name else { return false }
    return one.name?.lexicographicallyPrecedes(two) ?? true
  }
}
