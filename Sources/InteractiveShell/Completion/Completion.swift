// SPDX-License-Identifier: GPL-3.0-or-later

/// What the word before the cursor can become.
public struct Completion {
  /// One thing it can become.
  public struct Candidate: Sendable, Equatable {
    /// The whole word, without quotes.
    public var text: String
    /// Whether nothing can follow in the word, so that a blank may be put behind it.
    public var isWhole: Bool

    /// A word.
    public init(_ text: String, isWhole: Bool = true) {
      self.text = text
      self.isWhole = isWhole
    }
  }

  /// All it can become, in the order in which it is listed.
  public var candidates: [Candidate]
  /// The candidates as text for a terminal, at most so many rows of so many columns, each ended by a
  /// line feed, nothing in it that a terminal obeys.
  public var listing: (_ columns: Int, _ rows: Int) -> String

  /// What a word can become.
  public init(_ candidates: [Candidate], listing: @escaping (Int, Int) -> String) {
    self.candidates = candidates
    self.listing = listing
  }
}
