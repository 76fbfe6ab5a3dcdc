// SPDX-License-Identifier: Apache-2.0

/// The number of the daemon's slots that one SMTP client holds, or the children of one other kind
/// together.
package struct PeerCount: Sendable, Equatable {
  /// The client's address as sendmail prints it, or `nil` for children that serve none.
  package var peer: ByteText?
  /// The kind of the children.
  package var category: ChildKind.Category
  /// The number of children.
  package var count: Int
  /// The age of the oldest, if that is known of any.
  package var oldest: Duration?

  /// Counts `children`, the largest number first; where numbers are equal, by kind and address.
  package static func all(_ children: [ListedChild]) -> [PeerCount] {
    struct Key: Hashable {
      let peer: ByteText?
      let category: ChildKind.Category
    }
    var counts: [Key: PeerCount] = [:]
    for child in children {
      let key = Key(peer: child.kind.peer, category: child.kind.category)
      var count =
        counts[key] ?? PeerCount(peer: key.peer, category: key.category, count: 0, oldest: nil)
      count.count += 1
      if let age = child.age { count.oldest = max(age, count.oldest ?? age) }
      counts[key] = count
    }
    return counts.values.sorted { left, right in
      if left.count != right.count { return left.count > right.count }
      if left.category != right.category { return left.category < right.category }
      return (left.peer ?? "").lexicographicallyPrecedes(right.peer ?? "")
    }
  }
}
