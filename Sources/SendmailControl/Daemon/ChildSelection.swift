// SPDX-License-Identifier: Apache-2.0

/// The children that are shown, and their order.
package struct ChildSelection: Sendable, Equatable {
  /// The kinds to show; empty means all but control children that have finished.
  package var kinds: [ChildKind.Category]
  /// A part of the SMTP client's address as sendmail prints it, or an IPv6 address shortened by `::`;
  /// upper and lower case are the same.
  package var peer: [UInt8]?
  /// The age that a child must have passed.
  package var olderThan: Duration?
  /// The order; `nil` leaves children in the daemon's order.
  package var order: ChildOrder?
  /// True if control children that have finished are shown though `kinds` does not name them.
  package var showsFinishedControls: Bool

  /// A selection; by default everything by kind and age.
  package init(
    kinds: [ChildKind.Category] = [], peer: [UInt8]? = nil, olderThan: Duration? = nil,
    order: ChildOrder? = .kind, showsFinishedControls: Bool = false
  ) {
    self.kinds = kinds
    self.peer = peer
    self.olderThan = olderThan
    self.order = order
    self.showsFinishedControls = showsFinishedControls
  }

  /// True if it leaves out more than the control children that have finished.
  package var isNarrow: Bool { !kinds.isEmpty || peer != nil || olderThan != nil }

  /// True if it needs to know the children's ages or processor times.
  package var needsProcesses: Bool { olderThan != nil || order == .age || order == .cpu }

  /// The result of a selection from a list of children.
  package struct Selected: Sendable, Equatable {
    /// The children that were selected, sorted.
    package var children: [ListedChild] = []
    /// The number of children to select from, finished control children not counted.
    package var total = 0
    /// The number of control children that are not shown because they have finished.
    package var finishedControls = 0
    /// The number of children that were left out because their age is not known.
    package var ofUnknownAge = 0
  }

  /// The children of `status` that are selected.
  ///
  /// `processes` are their states by the process table, by process id; `nil` when it was not read.
  package func apply(
    to status: DaemonStatus, processes: [Int32: ListedProcess]? = nil
  ) -> Selected {
    var selected = Selected()
    let pattern = peer.map { PeerPattern($0) }
    let showsFinished =
      showsFinishedControls || kinds.contains(.control) || kinds.contains(.answeringControl)
    for child in status.processes {
      let child = ListedChild(child, process: processes.map { $0[child.pid] ?? .gone })
      if child.isFinishedControlChild, !showsFinished {
        selected.finishedControls += 1
        continue
      }
      selected.total += 1
      guard kinds.isEmpty || kinds.contains(child.kind.category) else { continue }
      if let pattern, !pattern.matches(child.kind.peer) { continue }
      if let olderThan {
        guard let age = child.age else {
          selected.ofUnknownAge += 1
          continue
        }
        guard age > olderThan else { continue }
      }
      selected.children.append(child)
    }
    if let order { selected.children.sort(by: order.areInOrder) }
    return selected
  }

  /// The text to find in the address of a peer.
  private struct PeerPattern {
    /// The text, in lower case.
    private let part: [UInt8]
    /// The address that the text shortens, as sendmail prints it.
    private let address: [UInt8]?

    private static let prefix = Array("ipv6:".utf8)

    init(_ text: [UInt8]) {
      part = text.map(ASCII.lowercased)
      let prefix = Self.prefix
      address = UncompressedIPv6.text(
        part.starts(with: prefix) ? Array(part.dropFirst(prefix.count)) : part
      ).map { prefix + $0 }
    }

    func matches(_ peer: ByteText?) -> Bool {
      guard let peer = peer?.map(ASCII.lowercased) else { return false }
      return part.isEmpty || peer == address || peer.firstRange(of: part) != nil
    }
  }
}

/// The order of children.
package enum ChildOrder: String, Sendable, CaseIterable {
  /// Kind, then the oldest first.
  case kind
  /// The oldest first.
  case age
  /// The one with the most processor time first.
  case cpu
  /// The address of the SMTP client, then the oldest first; children without one last.
  case peer
  /// Process id.
  case pid

  /// Returns whether `left` comes before `right`. Children that are equal otherwise are
  /// sorted by their process ids, so that two replies show them in the same order.
  func areInOrder(_ left: ListedChild, _ right: ListedChild) -> Bool {
    switch self {
    case .pid: break
    case .age:
      if left.age != right.age { return Self.isLarger(left.age, right.age) }
    case .cpu:
      let (first, second) = (left.processorTime, right.processorTime)
      if first != second { return Self.isLarger(first, second) }
    case .kind:
      let (first, second) = (left.kind.category, right.kind.category)
      if first != second { return first < second }
      if left.age != right.age { return Self.isLarger(left.age, right.age) }
    case .peer:
      let (first, second) = (left.kind.peer, right.kind.peer)
      if first != second {
        guard let first, let second else { return first != nil }
        return first.lexicographicallyPrecedes(second)
      }
      if left.age != right.age { return Self.isLarger(left.age, right.age) }
    }
    return left.pid < right.pid
  }

  /// Returns whether `left` is the larger one; an unknown one is the smallest.
  private static func isLarger(_ left: Duration?, _ right: Duration?) -> Bool {
    guard let left else { return false }
    guard let right else { return true }
    return left > right
  }
}
