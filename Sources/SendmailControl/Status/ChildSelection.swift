// SPDX-License-Identifier: GPL-3.0-or-later

/// Which children are shown, and in what order.
public struct ChildSelection: Sendable, Equatable {
  /// The kinds to show; empty means all but control children that are spent.
  public var kinds: Set<ChildCategory>
  /// A part of the SMTP client's address as sendmail prints it, or an IPv6 address shortened by `::`;
  /// upper and lower case are the same.
  public var peer: [UInt8]?
  /// How long ago a child must have begun.
  public var olderThan: Duration?
  /// What to sort by; `nil` leaves children in the daemon's order.
  public var order: ChildOrder?
  /// Whether control children that are spent are shown though `kinds` does not name them.
  public var showsSpentControls: Bool

  /// A selection; everything by kind and age unless something else is said.
  public init(
    kinds: Set<ChildCategory> = [], peer: [UInt8]? = nil, olderThan: Duration? = nil,
    order: ChildOrder? = .kind, showsSpentControls: Bool = false
  ) {
    self.kinds = kinds
    self.peer = peer
    self.olderThan = olderThan
    self.order = order
    self.showsSpentControls = showsSpentControls
  }

  /// Whether it leaves out more than the control children that are spent.
  public var isNarrow: Bool { !kinds.isEmpty || peer != nil || olderThan != nil }

  /// Whether it needs to know when children began, or what they have used.
  public var needsSights: Bool { olderThan != nil || order == .age || order == .cpu }

  /// What a selection makes of a list of children.
  public struct Selected: Sendable, Equatable {
    /// The children that were selected, sorted.
    public var children: [ListedChild] = []
    /// How many there were to select from, spent control children not counted.
    public var total = 0
    /// Control children that are not shown because they are spent.
    public var spentControls = 0
    /// Children that were left out because it is not known when they began.
    public var ofUnknownAge = 0
  }

  /// The children of `status` that are selected.
  ///
  /// - Parameter sights: what was seen of them in the process table, by process id; `nil` when nobody
  ///   looked.
  public func apply(
    to status: DaemonStatus, sights: [Int32: ProcessSight]? = nil
  ) -> Selected {
    var selected = Selected()
    let pattern = peer.map { PeerPattern($0) }
    let showsSpent = showsSpentControls || kinds.contains(.control)
    for child in status.children {
      let child = ListedChild(child, sight: sights.map { $0[child.pid] ?? .gone })
      if child.isSpentControl, !showsSpent {
        selected.spentControls += 1
        continue
      }
      selected.total += 1
      guard kinds.isEmpty || kinds.contains(child.category) else { continue }
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

  /// What is looked for in the address of a peer.
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

    func matches(_ peer: [UInt8]?) -> Bool {
      guard let peer = peer?.map(ASCII.lowercased) else { return false }
      return part.isEmpty || peer == address || peer.firstRange(of: part) != nil
    }
  }
}

extension ChildOrder {
  /// Whether `left` stands before `right`. Children that cannot be told apart otherwise are sorted by
  /// their process ids, so that two looks show them in the same order.
  func areInOrder(_ left: ListedChild, _ right: ListedChild) -> Bool {
    switch self {
    case .pid: break
    case .age:
      if left.age != right.age { return Self.isLarger(left.age, right.age) }
    case .cpu:
      let (first, second) = (left.sight?.facts, right.sight?.facts)
      if first?.processorTime != second?.processorTime {
        return Self.isLarger(first?.processorTime, second?.processorTime)
      }
    case .kind:
      let (first, second) = (left.category.rank, right.category.rank)
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

  /// Whether `left` is the larger one; what is not known is the smallest.
  private static func isLarger(_ left: Duration?, _ right: Duration?) -> Bool {
    guard let left else { return false }
    guard let right else { return true }
    return left > right
  }
}
