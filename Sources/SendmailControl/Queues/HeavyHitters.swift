// SPDX-License-Identifier: Apache-2.0

/// Counts by name and by age that keep the frequent names, in bounded memory for any number of names
/// (lossy counting, as Manku and Motwani describe it, with a bound on the names instead of the error).
///
/// When there are twice as many names as the bound, the smaller half is given up, and its counts go
/// to ``others``. A name that comes again begins at 0, so that each count may be too small by at most
/// ``maximumUndercount``. Names with a greater count than that are never lost.
package struct HeavyHitters: Sendable {
  /// A name and its counts.
  package struct Entry: Sendable, Equatable {
    /// The name; `nil` for none: a local address has no domain.
    package var name: [UInt8]?
    /// The counts.
    package var ages: AgeHistogram

    /// A name and its counts.
    package init(name: [UInt8]?, ages: AgeHistogram) {
      self.name = name
      self.ages = ages
    }
  }

  /// The number of names that are kept for certain.
  package let bound: Int
  /// The counts of names that were given up.
  package private(set) var others = AgeHistogram()
  /// The most by which a count may be too small; 0 when no name was given up and all counts are exact.
  package private(set) var maximumUndercount = 0
  private var counts: [[UInt8]?: AgeHistogram] = [:]

  /// Counts of nothing, with a bound of at least 1.
  package init(bound: Int = 8192) {
    self.bound = max(1, bound)
  }

  /// The number of names that have a count.
  package var count: Int { counts.count }

  /// The sum of all counts, those of names that were given up included.
  package var total: AgeHistogram {
    var total = others
    for ages in counts.values { total.merge(ages) }
    return total
  }

  /// Counts a name and an age in seconds.
  package mutating func add(_ name: [UInt8]?, age: Int) {
    counts[name, default: AgeHistogram()].add(age: age)
    prune()
  }

  /// Returns the names with the largest counts, the largest first; names with equal counts are in the
  /// order of their bytes.
  ///
  /// `limit` is the greatest number of names; `nil` for all that have a count.
  package func top(_ limit: Int? = nil) -> [Entry] {
    Array(sorted.prefix(limit ?? counts.count))
  }

  private var sorted: [Entry] {
    counts.map { Entry(name: $0.key, ages: $0.value) }.sorted(by: Self.isBefore)
  }

  private mutating func prune() {
    guard counts.count >= 2 * bound else { return }
    let sorted = sorted
    maximumUndercount += sorted[bound].ages.total
    for entry in sorted[bound...] { others.merge(entry.ages) }
    counts = Dictionary(uniqueKeysWithValues: sorted[..<bound].map { ($0.name, $0.ages) })
  }

  private static func isBefore(_ one: Entry, _ two: Entry) -> Bool {
    if one.ages.total != two.ages.total { return one.ages.total > two.ages.total }
    guard let two = two.name else { return false }
    return one.name?.lexicographicallyPrecedes(two) ?? true
  }
}
