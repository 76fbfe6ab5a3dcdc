// SPDX-License-Identifier: Apache-2.0

/// A block of memory in a heap report.
package struct HeapItem: Sendable, Equatable {
  /// The group it was allocated for; 0 is everything that lives as long as the daemon.
  package var group: Int
  /// Its address.
  package var address: UInt64
  /// Its size in bytes.
  package var size: Int
  /// The place that allocated it, with the line if there is one: `readcf.c:12`; empty when unknown.
  package var tag: String

  /// A block of memory.
  package init(group: Int, address: UInt64, size: Int, tag: String) {
    self.group = group
    self.address = address
    self.size = size
    self.tag = tag
  }
}

/// The output of `memdump` of a sendmail that was started with `-dsm_check_heap`. It is made while it is
/// sent, so that its size costs no memory.
public struct HeapReport: Sendable, Equatable {
  /// The source of the blocks.
  package enum Items: Sendable, Equatable {
    /// Exactly these.
    case listed([HeapItem])
    /// So many synthetic ones, always the same.
    case made(count: Int)
  }

  /// The N of `-dsm_check_heap.N` (`sm_heap_report` in sendmail's `heap.c`): 2 prints totals only, 3 adds the blocks of groups other than 0, 4 and more all blocks.
  package var level: Int
  /// The blocks.
  package var items: Items
  /// The most bytes that were ever allocated at once; `nil` means the total.
  package var maximum: Int?

  /// A report of these blocks.
  package init(level: Int, items: Items, maximum: Int? = nil) {
    self.level = level
    self.items = items
    self.maximum = maximum
  }

  /// A report of synthetic blocks that is as near to `size` bytes as whole lines allow, and at most a
  /// few hundred bytes longer.
  public init(ofAbout size: Int) {
    self.init(level: 4, items: .made(count: size / Self.madeLineLength))
  }

  /// The bytes of one line about a synthetic block, its line feed included.
  static let madeLineLength = 57

  /// Simulated block number `number`.
  static func made(_ number: Int) -> HeapItem {
    HeapItem(
      group: number % 5 == 0 ? 0 : 1,
      address: 0x5581_91f7_0000 + UInt64(truncatingIfNeeded: number) &* 48,
      size: 2 + number % 41, tag: "sm_rpool_strdup_x:1")
  }
}
