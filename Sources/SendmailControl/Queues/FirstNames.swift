// SPDX-License-Identifier: Apache-2.0

/// The first of many names in order, and their number: memory does not grow with a directory.
struct FirstNames {
  /// The most names that are kept.
  static let limit = 1000

  private var names: [[UInt8]] = []
  private var count = 0

  /// Adds a name.
  mutating func add(_ name: [UInt8]) {
    count += 1
    names.append(name)
    // Twice as many, so that they are seldom sorted.
    if names.count == 2 * Self.limit { names = Array(sorted) }
  }

  /// The first of them in order.
  var sorted: ArraySlice<[UInt8]> {
    names.sorted { $0.lexicographicallyPrecedes($1) }.prefix(Self.limit)
  }

  /// The number of names that are not among ``sorted``.
  var more: Int { max(0, count - Self.limit) }
}
