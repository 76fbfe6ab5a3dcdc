// SPDX-License-Identifier: Apache-2.0

/// A reply by which the daemon refuses a command or cannot carry it out.
package enum Refusal: Sendable, Equatable {
  /// It does not know the command; one that a newer sendmail knows, or `nil`.
  case badCommand(ControlCommand?)
  /// It has no help: no `HelpFile`, an unsafe one, or one without the topic.
  case noHelp
  /// It was not started so that it could write a memory dump.
  case noMemoryDump

  /// The refusal that `reply` is, or `nil` for a reply that carries out the command.
  ///
  /// - Parameter reply: the reply, or its first 512 bytes.
  package init?(_ reply: some Collection<UInt8>) {
    if reply.starts(with: SendmailWords.badCommandPrefix) {
      let rest = reply.dropFirst(SendmailWords.badCommandPrefix.count)
      self = .badCommand(ControlCommand(word: rest.prefix { $0 != UInt8(ascii: ")") }))
      return
    }
    var lines = ReplyLines(Array(reply.prefix(512))).makeIterator()
    let first = lines.next() ?? []
    if first.starts(with: SendmailWords.noMemoryDumpPrefix.utf8) {
      self = .noMemoryDump
    } else if Self.isHelpless(first) {
      self = .noHelp
    } else {
      return nil
    }
  }

  /// `502 5.3.0 Sendmail VERSION -- HELP not implemented`, `504 5.3.0 HELP topic "control" unknown`,
  /// or the same without the codes, as a daemon in the background says it.
  private static func isHelpless(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "502 ".utf8) || line.starts(with: "504 ".utf8)
      || line.suffix(SendmailWords.noHelpFile.count).elementsEqual(SendmailWords.noHelpFile)
      || line.elementsEqual(SendmailWords.noHelpTopic)
  }

  /// The refusal and what the daemon needs, in one line.
  package var text: String {
    switch self {
    case .badCommand(let command?):
      """
      the daemon does not know this command: \(command) needs sendmail \(command.firstVersion) or later
      """
    case .badCommand(nil): "the daemon does not know this command"
    case .noHelp:
      "the daemon has no help to give: it needs a HelpFile with the topic \"control\""
    case .noMemoryDump:
      "the daemon has no memory dump to give: it must run with -dsm_check_heap.4"
    }
  }
}
