// SPDX-License-Identifier: Apache-2.0

/// The state in the title of a sendmail process, without the parts that the process list has
/// already (`sm_setproctitle` in sendmail's `srvrsmtp.c` and `queue.c`).
package enum TitleState {
  /// The state in `title`: `cmd read` of `sendmail: MTA: server mx.example.org [192.0.2.7] cmd read`,
  /// `6AL4Nt8J009038: DATA` of `sendmail: 6AL4Nt8J009038 mx.example.org [192.0.2.7]: DATA`. A title
  /// of another form is the state as a whole.
  ///
  /// `prefix` is `ProcessTitlePrefix`; empty when it is not known.
  package static func read(_ title: [UInt8], prefix: [UInt8] = []) -> [UInt8] {
    guard let rest = words(of: title, prefix: prefix) else { return title }
    if rest.starts(with: SendmailWords.server),
      rest.suffix(SendmailWords.commandRead.count).elementsEqual(SendmailWords.commandRead)
    {
      return Array(SendmailWords.commandRead.dropFirst())
    }
    if rest.starts(with: SendmailWords.startup) { return Array("startup".utf8) }
    return atWork(rest) ?? Array(rest)
  }

  /// The words in `title` after `sendmail: ` and the prefix; `nil` for a title that is not sendmail's.
  static func words(of title: [UInt8], prefix: [UInt8]) -> ArraySlice<UInt8>? {
    guard title.starts(with: SendmailWords.program) else { return nil }
    let rest = title.dropFirst(SendmailWords.program.count)
    let shownPrefix = prefix + SendmailWords.separator
    return !prefix.isEmpty && rest.starts(with: shownPrefix)
      ? rest.dropFirst(shownPrefix.count) : rest
  }

  /// `QUEUEID HOST [ADDRESS]: COMMAND` without the host.
  static func atWork(_ title: ArraySlice<UInt8>) -> [UInt8]? {
    let id = title.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) }
    let rest = title[id.endIndex...]
    guard isQueueID(id), rest.first == ASCII.space,
      let colon = rest.firstRange(of: SendmailWords.separator)
    else { return nil }
    let command = Array(rest[colon.upperBound...])
    return id.elementsEqual(SendmailWords.noQueue)
      ? command : Array(id) + SendmailWords.separator + command
  }

  /// An id as sendmail 8.17 makes it, 14 characters or more and at most 20, or the word for none.
  private static func isQueueID(_ id: ArraySlice<UInt8>) -> Bool {
    (14...20).contains(id.count) || id.elementsEqual(SendmailWords.noQueue)
  }
}
