// SPDX-License-Identifier: Apache-2.0

/// Counts by age, in classes whose bounds double from 5 minutes up.
package struct AgeHistogram: Sendable, Equatable {
  /// The ages in seconds at which a class ends and the next begins: 5, 10, 20 minutes and so on, to
  /// a week. The last class has no end.
  package static let bounds: [Int] = (0..<12).map { 300 << $0 }

  /// The count of each class: one class more than there are bounds.
  package private(set) var counts = [Int](repeating: 0, count: Self.bounds.count + 1)
  /// The sum of all classes.
  package private(set) var total = 0
  /// The sum of all ages in seconds; the largest number where it overflows.
  package private(set) var sum = 0

  /// A histogram of nothing.
  package init() {}

  /// Counts an age in seconds; an age below 0 counts as 0.
  package mutating func add(age: Int) {
    counts[Self.index(of: age)] += 1
    total += 1
    sum = sum.addingClamped(max(0, age))
  }

  /// Adds the counts of `other`.
  package mutating func merge(_ other: AgeHistogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
    total += other.total
    sum = sum.addingClamped(other.sum)
  }

  /// Returns the age at `now` of a message of `time`, both in seconds since 1970: 0 when `time` is
  /// later.
  package static func age(of time: Int, at now: Int) -> Int {
    let (age, overflow) = now.subtractingReportingOverflow(time)
    return overflow ? (time < 0 ? .max : 0) : max(0, age)
  }

  /// Returns the index of the class of `age`.
  static func index(of age: Int) -> Int {
    let periods = max(0, age) / bounds[0]
    return min(Int.bitWidth - periods.leadingZeroBitCount, bounds.count)
  }
}
