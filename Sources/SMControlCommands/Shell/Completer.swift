// SPDX-License-Identifier: GPL-3.0-or-later

internal import InteractiveShell
internal import SendmailControl
internal import SendmailControlClient

/// Answers Tab and the question mark.
struct Completer {
  let session: ShellSession
  let context: CommandContext

  /// The words that the one at the end of `text` can become; `nil` when none is known.
  func complete(_ text: String) -> Completion? {
    let found = candidates(at: CursorPlace(shellLine: text))
    guard !found.isEmpty else { return nil }
    let list = WordList(found)
    let style = Display.style(of: context, colour: session.display.colour)
    return Completion(found) {
      list.text(columns: $0, rows: $1, style: style)
    }
  }

  /// The words that can stand at the end of `text`, as text of at most so many rows; empty within
  /// quotes.
  func explain(_ text: String, columns: Int, rows: Int) -> String {
    let cursor = CursorPlace(shellLine: text)
    let words = Explanation.words(at: cursor, proposed: candidates(at: cursor))
    let style = Display.style(of: context, colour: session.display.colour)
    return WordList(words).text(columns: columns, rows: rows, style: style)
  }

  private func candidates(at cursor: CursorPlace) -> [Candidate] {
    switch Proposals(place: .shell, peers: peers).proposal(at: cursor) {
    case .words(let words): words
    case .files(let kind, let prefix):
      FileNames.files(
        kind, beginningWith: String(cursor.word.dropFirst(prefix.count)), after: prefix)
    case .programs: FileNames.programs(beginningWith: cursor.word)
    }
  }

  /// The peers in the last status, each once.
  private var peers: [String] {
    var seen: Set<String> = []
    return (session.lastStatus?.children ?? []).compactMap(\.kind.peer)
      // One that a terminal would obey is not for the command line.
      .filter { $0.description == $0.utf8String }
      .compactMap(\.utf8String)
      .filter { !$0.isEmpty && seen.insert($0).inserted }
  }
}
