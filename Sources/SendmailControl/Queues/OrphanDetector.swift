// SPDX-License-Identifier: Apache-2.0

/// A detector of bodies without a control file, in the same small memory for any number of messages.
///
/// Every id belongs to one of 4096 sums, by its hash. A control file adds the hash of its id to the
/// sum, a body subtracts it. A sum whose files are complete pairs is 0, in whatever order they came.
/// The bodies of any other sum are suspects, to be checked one by one.
package struct OrphanDetector: Sendable {
  private var sums = [UInt64](repeating: 0, count: 4096)

  /// A detector that has seen no files.
  package init() {}

  /// Adds the control file of the message `id`.
  package mutating func addControl(_ id: Span<UInt8>) {
    let hash = Self.hash(id)
    sums[index(of: hash)] &+= hash
  }

  /// Adds the body of the message `id`.
  package mutating func addBody(_ id: Span<UInt8>) {
    let hash = Self.hash(id)
    sums[index(of: hash)] &-= hash
  }

  /// True if every body has a control file, and every control file a body.
  package var isBalanced: Bool { sums.allSatisfy { $0 == 0 } }

  /// Returns whether the body of the message `id` may be one without a control file. Such a body is
  /// missed only where two sums of 64-bit hashes are equal by chance.
  package func isSuspect(_ id: Span<UInt8>) -> Bool {
    sums[index(of: Self.hash(id))] != 0
  }

  /// Returns the hash of an id, with a seed that differs from run to run, so that no one can choose
  /// ids with equal hashes.
  private static func hash(_ id: Span<UInt8>) -> UInt64 {
    var hasher = Hasher()
    unsafe id.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }

  private func index(of hash: UInt64) -> Int { Int(hash % UInt64(sums.count)) }
}
