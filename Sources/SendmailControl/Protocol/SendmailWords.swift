// SPDX-License-Identifier: Apache-2.0

/// sendmail's fixed words on the control socket and in the process list (sendmail 8.17): one end
/// writes them, the other reads them.
package enum SendmailWords {
  // MARK: Replies

  /// The reply to `restart` and `shutdown`.
  package static let ok = Array("OK\r\n".utf8)

  /// The reply to `memdump` unless the daemon runs with `-dsm_check_heap.2` or higher.
  package static let noMemoryDump = Array(
    "\(noMemoryDumpPrefix).\r\nTo fix, run sendmail with -dsm_check_heap.4\r\n".utf8)

  /// The beginning of ``noMemoryDump``, by which it is recognized.
  static let noMemoryDumpPrefix = "Memory dump unavailable"

  /// The beginning of the refusal of an unknown command.
  package static let badCommandPrefix = Array("Bad command (".utf8)

  /// The refusal of `word`: echoed raw, cut to ``ControlLimits/longestEcho`` bytes.
  package static func badCommand(_ word: some Collection<UInt8>) -> [UInt8] {
    badCommandPrefix + word.prefix(ControlLimits.longestEcho) + Array(")\r\n".utf8)
  }

  /// The end of the reply to `help` when there is no help file, after the program and its version.
  package static let noHelpFile = Array("-- HELP not implemented".utf8)

  /// The reply to `help` when the help file has nothing about the control socket.
  package static let noHelpTopic = Array(#"HELP topic "control" unknown"#.utf8)

  // MARK: The process list

  /// The description of a child that serves an SMTP client, before the client's address.
  package static let smtpServer = Array("SMTP server child for ".utf8)
  /// The description of a child that runs a queue.
  package static let queueRunner = Array("Queue runner".utf8)
  /// The description of the control child that writes the reply.
  package static let answeringControl = Array("console socket child".utf8)
  /// The description of any other control child.
  package static let control = Array("control socket server child".utf8)
  /// The description of a process that has none.
  package static let undescribed = Array("(unknown)".utf8)

  // MARK: The daemon in the process list

  /// The first one.
  package static let initial = Array("Sendmail daemon".utf8)
  /// At least one port is open.
  package static let accepting = Array("accepting connections".utf8)
  /// The ports are closed: before the name of one, ``separator`` and the reason.
  package static let rejectingConnections = Array("rejecting connections on daemon ".utf8)
  /// New messages are refused: before the reason.
  package static let rejectingMessages = Array("rejecting new messages: ".utf8)
  /// Connections are answered late: before the name of a port.
  static let delaying = Array("delaying connections on daemon ".utf8)
  /// Connections are put off: before the name of a port.
  static let deferring = Array("deferring connections on daemon ".utf8)
  /// The separator before a reason, a command and, after `ProcessTitlePrefix`, a title.
  package static let separator = Array(": ".utf8)

  // MARK: Titles in the process table

  /// The beginning of every title.
  static let program = Array("sendmail: ".utf8)
  /// The beginning of the title of a child that waits for a command of its client.
  static let server = Array("server ".utf8)
  /// The end of that title.
  static let commandRead = Array(" cmd read".utf8)
  /// The beginning of the title of a child that greets its client.
  static let startup = Array("startup with ".utf8)
  /// The beginning of the title of a sendmail that only runs a queue, before the time between two runs.
  static let queueRunnerAt = Array("Queue runner@".utf8)
  /// The title of a sendmail that only runs a queue, and has persistent queue runners.
  static let queueControl = Array("Queue control".utf8)
  /// The beginnings of the titles of a child that runs a queue.
  static let queueTitles = ["running queue: ", "Queue "].map { Array($0.utf8) }
  /// The beginnings of the titles of a control child.
  static let controlTitles = ["control: ", "control cmd read"].map { Array($0.utf8) }
  /// Stands for a message's id where there is no message yet.
  static let noQueue = Array("NOQUEUE".utf8)
}
