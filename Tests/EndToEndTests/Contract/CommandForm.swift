// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport

/// A way to run a command of smcontrol. A command that is added needs at least one.
struct CommandForm: Sendable {
  /// The origin of the form's output.
  enum Result: Sendable {
    /// The daemon's reply, which `raw` shows as it is.
    case reply
    /// The daemon's `OK`, and what was observed after it. `raw` may show the `OK`.
    case replyAndWait
    /// A result of smcontrol itself, without a raw form.
    case finding
    /// The reply in a file. Standard output stays empty, but for JSON.
    case file
    /// The result of a monitoring plugin, which has formats and exit statuses of its own: ``CheckRows``.
    case plugin
    /// Metrics, which have formats of their own.
    case metrics
  }

  /// The command line without options for all commands, where `@DIR@` is the row's directory.
  let words: [String]
  let result: Result
  /// True if the form asks a daemon, and fails without an answer.
  let needsReply: Bool
  /// Options that end a wait soon where a row expects that it is not reached.
  let waitOptions: [String]

  /// The command line as the names of rows show it.
  var id: String {
    words.filter { !$0.hasPrefix("@") && !$0.hasPrefix("/") }.joined(separator: " ")
  }

  /// True if the form may find something wrong, which its exit status says.
  var mayFind: Bool { ["audit", "metrics"].contains(command) || id == "config --check" }

  /// The names of a format for reading or for scripts, and of JSON.
  var usualFormats: [String] { [result == .metrics ? "prometheus" : "classic", "json"] }

  /// The command's name.
  var command: String { words[0] }

  private init(
    _ words: String..., result: Result, needsReply: Bool = false, waits: Bool = false
  ) {
    self.words = words
    self.result = result
    self.needsReply = needsReply
    waitOptions = waits ? ["--wait-timeout", "0.5"] : []
  }

  /// The program that stands in for sendmail.
  static let sendmail = ProjectFiles.file("Tests/Peers/stub-sendmail").string

  /// All forms that the families of rows go over.
  static let all: [CommandForm] = [
    CommandForm("status", result: .reply, needsReply: true),
    CommandForm("status", "--passive", result: .finding),
    CommandForm("mstat", result: .reply, needsReply: true),
    CommandForm("help", result: .finding),
    CommandForm("help", "--daemon", result: .reply, needsReply: true),
    CommandForm("help", "status", result: .finding),
    CommandForm("memdump", result: .reply, needsReply: true),
    CommandForm("memdump", "--output", "@DIR@/dump", result: .file, needsReply: true),
    CommandForm("restart", result: .reply, needsReply: true),
    CommandForm("restart", "--wait", result: .replyAndWait, needsReply: true, waits: true),
    CommandForm("shutdown", result: .reply, needsReply: true),
    CommandForm("shutdown", "--wait", result: .replyAndWait, needsReply: true, waits: true),
    CommandForm("start", "--sendmail", sendmail, result: .finding),
    CommandForm("start", "--wait", "--sendmail", sendmail, result: .finding, waits: true),
    CommandForm("send", "status", result: .reply, needsReply: true),
    CommandForm("config", result: .finding),
    CommandForm("config", "--changed", result: .finding),
    CommandForm("config", "ControlSocketName", result: .finding),
    CommandForm("config", "--check", result: .finding),
    CommandForm("queues", result: .finding),
    CommandForm("queues", "--daemon", result: .finding),
    CommandForm("stats", result: .finding),
    CommandForm("audit", result: .finding),
    CommandForm("audit", "--explain", "socket.mode", result: .finding),
    CommandForm("metrics", result: .metrics),
    CommandForm("check", result: .plugin),
    CommandForm("check", "--query", result: .plugin),
    CommandForm("check", "--messages", "100", result: .plugin),
    CommandForm("schema", result: .finding),
    CommandForm("schema", "status", result: .finding),
  ]

  /// The form that is called `id`.
  static func named(_ id: String) -> CommandForm? { all.first { $0.id == id } }
}
