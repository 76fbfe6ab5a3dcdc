// SPDX-License-Identifier: GPL-3.0-or-later

package import SendmailControl

/// The words that the one before the cursor can become.
package struct Completion {
  /// All of them, in the order in which it is listed.
  package var candidates: [Candidate]
  /// The candidates as text for a terminal, at most so many rows of so many columns, each ended by a
  /// line feed, nothing in it that a terminal obeys.
  package var listing: (_ columns: Int, _ rows: Int) -> String

  /// The candidates for a word, and their list as text.
  package init(_ candidates: [Candidate], listing: @escaping (Int, Int) -> String) {
    self.candidates = candidates
    self.listing = listing
  }
}
