// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// The candidates for the word before the cursor as they are written in the line: with the quotes and
/// backslashes that make them one word, after those that are there already.
struct Insertion {
  /// The common beginning of all candidates, as it is to stand in the line.
  let common: [UInt8]
  /// Each candidate as it is to stand in the line.
  let matches: [[UInt8]]
  /// True if a blank is to follow: there is one candidate, and it is whole.
  let addsBlank: Bool

  /// The insertion for `candidates` at the end of `line`; `nil` when none fits.
  ///
  /// `line` is the text before the cursor. `start` is the offset from which on the text is to be
  /// replaced, which may lie within the word.
  init?(_ candidates: [Candidate], line: [UInt8], from start: Int) {
    let text = String(decoding: line, as: UTF8.self)
    let scanned = ScannedLine(text, isCommand: true)
    // A backslash waits for its character: that is not the time to complete.
    guard scanned.backslash == nil, !scanned.endsInComment else { return nil }
    var word = (text: "", range: line.count..<line.count)
    if let last = scanned.tokens.last, last.kind == .word, last.range.upperBound == line.count {
      word = (last.text, last.range)
    }
    guard start >= word.range.lowerBound, !candidates.isEmpty else { return nil }
    let quote = scanned.quote?.opener
    let written = Array(line[word.range])
    let hidden = start - word.range.lowerBound

    func write(_ candidate: String) -> [UInt8]? {
      guard candidate.utf8.starts(with: word.text.utf8) else {
        // In other letters: the word is rewritten, where that is simple.
        guard written.elementsEqual(word.text.utf8), hidden == 0 else { return nil }
        return Array(ShellWord.escaped(candidate, inside: nil).utf8)
      }
      let rest = String(decoding: candidate.utf8.dropFirst(word.text.utf8.count), as: UTF8.self)
      return (written + Array(ShellWord.escaped(rest, inside: quote).utf8)).dropFirst(hidden)
        .map { $0 }
    }
    let writings = candidates.compactMap { write($0.text) }
    guard writings.count == candidates.count else { return nil }
    matches = writings
    if candidates.count == 1 {
      addsBlank = candidates[0].isWhole
      let closing = quote.map { Array(String(Character($0)).utf8) } ?? []
      common = matches[0] + (addsBlank ? closing : [])
    } else {
      addsBlank = false
      common = write(Self.commonPrefix(of: candidates.map(\.text))) ?? Array(line[start...])
    }
  }

  /// The longest text that all of `texts` begin with.
  private static func commonPrefix(of texts: [String]) -> String {
    guard var common = texts.first.map({ Array($0.unicodeScalars)[...] }) else { return "" }
    for text in texts.dropFirst() {
      var length = 0
      for (first, second) in zip(common, text.unicodeScalars) {
        guard first == second else { break }
        length += 1
      }
      common = common.prefix(length)
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: common)
    return text
  }
}
