// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `smcontrol --complete LINE`: what bash, zsh and fish ask about a line that ends at the cursor.
enum ExternalCompletion {
  /// The line that `words`, the arguments of smcontrol, ask about; `nil` when they are a command line.
  static func line(askedForBy words: [Word]) -> String? {
    guard words.first?.elementsEqual("--complete".utf8) == true else { return nil }
    return words.count == 2 ? String(decoding: words[1], as: UTF8.self) : ""
  }

  /// The words that can stand at the end of `line`, a line each: the word, a tab and its meaning. Where
  /// files can stand the only line is `:file`, `:socket` or `:configuration`, a tab, and what stands
  /// before the file's name in the same word; the shell knows best how files are completed.
  static func text(for line: String) -> String {
    let cursor = CursorPlace(programLine: line)
    switch Proposals(place: .program).proposal(at: cursor) {
    case .words(let candidates):
      return candidates.map { "\($0.text)\t\($0.meaning)\n" }.joined()
    case .files(.socket, let prefix): return ":socket\t\(prefix)\n"
    case .files(.configurationFile, let prefix): return ":configuration\t\(prefix)\n"
    case .files(_, let prefix): return ":file\t\(prefix)\n"
    case .programs: return ""
    }
  }
}
