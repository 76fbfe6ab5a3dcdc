// SPDX-License-Identifier: GPL-3.0-or-later

/// How many there are of each age, in classes whose bounds double from 5 minutes up.
public struct AgeHistogram: Sendable, Equatable {
  /// The ages in seconds at which a class ends and the next begins: 5, 10, 20 minutes and so on, to
  /// a week. The last class has no end.
  public static let bounds: [Int] = (0..<12).map { 300 << $0 }

  /// How many there are in each class; one more than there are bounds.
  public private(set) var counts = [Int](repeating: 0, count: Self.bounds.count + 1)
  /// How many there are in all.
  public private(set) var total = 0

  /// Nothing counted.
  public init() {}

  /// Counts one of this age in seconds; below 0 it is 0.
  public mutating func add(age: Int) {
    counts[Self.index(of: age)] += 1
    total += 1
  }

  /// Adds everything that `other` has counted.
  public mutating func merge(_ other: AgeHistogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
    total += other.total
  }

  /// The age at `now` of what came at `time`, both in seconds since 1970: 0 for what is to come.
  public static func age(of time: Int, at now: Int) -> Int {
    let (age, overflow) = now.subtractingReportingOverflow(time)
    return overflow ? (time < 0 ? .max : 0) : max(0, age)
  }

  /// The class that `age` is in.
  static func index(of age: Int) -> Int {
    let periods = max(0, age) / bounds[0]
    return min(Int.bitWidth - periods.leadingZeroBitCount, bounds.count)
  }
}
