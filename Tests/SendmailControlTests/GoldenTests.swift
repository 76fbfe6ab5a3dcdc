// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// Renderings of the recorded replies, compared with files in Data/Golden. With
/// SMCONTROL_WRITE_GOLDEN=1 in the environment the files are rewritten, to be read in the diff.
@Suite("Renderings of recorded replies")
struct GoldenTests {
  static let socket = Array("/var/lib/mx/ctl".utf8)
  static let style = TerminalStyle(width: 80, characters: .utf8)

  /// A reply around which nothing is known.
  static func report(_ status: DaemonStatus) -> StatusReport {
    StatusReport(
      status, socket: socket,
      context: ReplyContext(
        host: Array("mail.example.org".utf8),
        time: CalendarTime(year: 2026, month: 11, day: 21, hour: 12, minute: 0, second: 5)))
  }

  @Test("status", arguments: Transcript.replies(to: .status), OutputFormat.rendered)
  func status(transcript: Transcript, format: OutputFormat) throws {
    let status = DaemonStatus(
      try StatusReply(parsing: transcript.reply), identity: transcript.identity)
    let text =
      switch format {
      case .classic: ClassicText.status(status)
      case .terminal: StatusText.make(Self.report(status), style: Self.style)
      case .json:
        try JSONText.make(StatusDocument(status, command: .status, socket: Self.socket))
      default: String(decoding: transcript.reply, as: UTF8.self)
      }
    try Golden.check(text, "\(transcript.name).\(format.rawValue)")
  }

  @Test("mstat", arguments: Transcript.replies(to: .mstat), OutputFormat.rendered)
  func mstat(transcript: Transcript, format: OutputFormat) throws {
    let status = DaemonStatus(
      try MstatReply(parsing: transcript.reply), identity: transcript.identity)
    let text =
      switch format {
      case .classic: ClassicText.lines(transcript.reply)
      case .terminal: StatusText.make(Self.report(status), style: Self.style)
      case .json: try JSONText.make(StatusDocument(status, command: .mstat, socket: Self.socket))
      default: String(decoding: transcript.reply, as: UTF8.self)
      }
    try Golden.check(text, "\(transcript.name).\(format.rawValue)")
  }

  @Test("help", arguments: Transcript.replies(to: .help), OutputFormat.rendered)
  func help(transcript: Transcript, format: OutputFormat) throws {
    let text =
      switch format {
      case .classic: ClassicText.lines(transcript.reply)
      case .terminal: ClassicText.lines(transcript.reply, endsWithEmptyLine: false)
      case .json:
        try JSONText.make(
          PlainReply(to: "help", from: Self.socket, bytes: transcript.reply).document)
      default: String(decoding: transcript.reply, as: UTF8.self)
      }
    try Golden.check(text, "\(transcript.name).\(format.rawValue)")
  }

  @Test("A classic mstat, help or memdump is the reply and an empty line, without carriage returns")
  func classicIsTheReply() {
    for command in [ControlCommand.mstat, .help, .memdump, .restart, .shutdown] {
      let transcripts = Transcript.replies(to: command)
      #expect(!transcripts.isEmpty)
      for transcript in transcripts {
        let expected = transcript.reply.filter { $0 != 0x0D } + [0x0A]
        #expect(Array(ClassicText.lines(transcript.reply).utf8) == expected, "\(transcript.name)")
      }
    }
  }

  @Test("A memory dump in pieces is the same as whole", arguments: Transcript.replies(to: .memdump))
  func memdump(transcript: Transcript) {
    var filter = TerminalEscapingFilter()
    var text: [UInt8] = []
    var rest = transcript.reply[...]
    while !rest.isEmpty {
      text += filter.take(rest.prefix(4096))
      rest = rest.dropFirst(4096)
    }
    text += filter.finish() + [0x0A]
    #expect(text == Array(ClassicText.lines(transcript.reply).utf8))
  }
}

extension OutputFormat {
  /// The formats that are not the daemon's own bytes.
  fileprivate static let rendered = ofReply.filter { $0 != .raw }
}

/// The files in Data/Golden.
enum Golden {
  /// Compares `text` with the file `name`.
  static func check(_ text: String, _ name: String) throws {
    if ProcessInfo.processInfo.environment["SMCONTROL_WRITE_GOLDEN"] == "1" {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Data/Golden/\(name)").standardized
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return
    }
    let expected = String(decoding: TestData.bytes("Golden/\(name)"), as: UTF8.self)
    #expect(text == expected)
  }
}
