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
    let found = proposals.find(for: TypedLine(text, grammar: .shell))
    guard !found.isEmpty else { return nil }
    let list = WordList(found)
    let style = Display.style(of: context, colour: session.options.display.colour)
    return Completion(found) {
      list.text(columns: $0, rows: $1, style: style)
    }
  }

  /// The words that can stand at the end of `text`, as text of at most so many rows; empty within
  /// quotes.
  func explain(_ text: String, columns: Int, rows: Int) -> String {
    let words = Explanation(proposals: proposals).words(for: TypedLine(text, grammar: .shell))
    let style = Display.style(of: context, colour: session.options.display.colour)
    return WordList(words).text(columns: columns, rows: rows, style: style)
  }

  private var proposals: Proposals {
    Proposals(grammar: .shell, peers: peers, announced: announced)
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

  /// The commands that the daemon announces: queried once, with a short timeout, since the user waits.
  private func announced() -> [AnnouncedCommand] {
    if let known = session.announced { return known }
    var options = session.options.connection
    options.setTimeout("1")
    guard let target = try? Target(options, context: context), let client = try? target.client(),
      let reply = try? client.send(.help)
    else { return [] }
    let announced = AnnouncedCommand.all(in: reply.bytes)
    session.announced = announced
    return announced
  }
}
