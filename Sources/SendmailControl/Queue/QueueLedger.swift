// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether each body has a control file, told in the same small memory for any number of them.
///
/// Every id is in one of the accounts, by its hash. A control file adds its id's hash to the account,
/// a body takes it away, so that an account where each has its counterpart holds 0, in whatever order
/// they came. Where one does not, its bodies are worth a second look.
public struct QueueLedger: Sendable {
  private static let accounts = 4096
  private var sums = [UInt64](repeating: 0, count: Self.accounts)

  /// A ledger without entries.
  public init() {}

  /// Enters the control file of the message `id`.
  public mutating func addControl(_ id: Span<UInt8>) {
    let hash = Self.hash(id)
    sums[Self.account(hash)] &+= hash
  }

  /// Enters the body of the message `id`.
  public mutating func addBody(_ id: Span<UInt8>) {
    let hash = Self.hash(id)
    sums[Self.account(hash)] &-= hash
  }

  /// Whether every body has a control file, and the other way round.
  public var isBalanced: Bool { sums.allSatisfy { $0 == 0 } }

  /// Whether the body of the message `id` may be one without a control file. That no such body is
  /// missed is as sure as that two sums of 64-bit hashes differ.
  public func isSuspect(_ id: Span<UInt8>) -> Bool {
    sums[Self.account(Self.hash(id))] != 0
  }

  /// The hash of an id, with a seed that differs from run to run: nobody can make up ids for it.
  private static func hash(_ id: Span<UInt8>) -> UInt64 {
    var hasher = Hasher()
    unsafe id.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }

  private static func account(_ hash: UInt64) -> Int {
    Int(hash % UInt64(accounts))
  }
}
