// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// A reply of a real sendmail 8.17 and how it came about, from Data/Transcripts.
struct Transcript: Sendable, CustomTestStringConvertible {
  let name: String
  /// The reply, byte for byte.
  let reply: [UInt8]
  /// The process id of the daemon that gave it, where it is known.
  let daemonPID: Int32?
  /// The command that was sent, when it is one of the six in lower case.
  let command: ControlCommand?

  var testDescription: String { name }

  /// All of them, by name.
  static let all: [Transcript] = {
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: TestData.path("Transcripts"))) ?? []
    return files.filter { $0.hasSuffix(".raw") }.sorted().map { file in
      Transcript(name: String(file.dropLast(4)))
    }
  }()

  /// Those that are replies to `command`, except the ones that were cut off on purpose.
  static func replies(to command: ControlCommand) -> [Transcript] {
    all.filter { $0.command == command }
  }

  init(name: String) {
    self.name = name
    reply = TestData.bytes("Transcripts/\(name).raw")
    let facts = String(decoding: TestData.bytes("Transcripts/\(name).meta"), as: UTF8.self)
    func value(_ key: String) -> String? {
      facts.split(separator: "\n").first { $0.hasPrefix("\(key): ") }
        .map { String($0.dropFirst(key.count + 2)) }
    }
    daemonPID = value("daemon-pid").flatMap { Int32($0) }
    let sent = value("command-bytes").map {
      $0.replacing("b'", with: "").replacing("\\n'", with: "")
    }
    command = sent.flatMap { ControlCommand(rawValue: $0) }
  }

  /// The facts that identify the daemon in this reply.
  var identity: DaemonIdentity { DaemonIdentity(listener: daemonPID) }
}
