// SPDX-License-Identifier: Apache-2.0

extension ChildKind.Category {
  /// The kind of a child of the daemon by its title in the process table (`sm_setproctitle` in sendmail's
  /// `daemon.c`, `srvrsmtp.c`, `queue.c` and `control.c`).
  ///
  /// `prefix` is `ProcessTitlePrefix`; empty when it is not known.
  package init(title: [UInt8], prefix: [UInt8] = []) {
    guard let words = TitleState.words(of: title, prefix: prefix) else {
      self = .other
      return
    }
    let beginnings: [(kind: ChildKind.Category, beginnings: [[UInt8]])] = [
      (.smtpServer, [SendmailWords.server, SendmailWords.startup]),
      (.queueRunner, SendmailWords.queueTitles), (.control, SendmailWords.controlTitles),
    ]
    let known = beginnings.first { $0.beginnings.contains { words.starts(with: $0) } }
    self = known?.kind ?? (TitleState.atWork(words) != nil ? .smtpServer : .other)
  }
}
