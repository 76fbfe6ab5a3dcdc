// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

@testable import SendmailControlDaemon

/// A reply taken down from a real daemon, and what was sent to get it.
struct Transcript: Sendable, CustomTestStringConvertible {
  let name: String
  let request: [UInt8]
  let reply: [UInt8]
  /// The members of the .meta file, options under their own names.
  let members: [String: String]

  var testDescription: String { name }
  var isBackground: Bool {
    members["argv"]?.split(separator: " ").contains("-bd") ?? false
  }

  static let directory = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "SendmailControlTests/Data/Transcripts")

  /// All transcripts, in the order of their names.
  static let all: [Transcript] = {
    let files = try? FileManager.default.contentsOfDirectory(
      at: directory, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "meta" }
      .sorted { $0.path < $1.path }
      .compactMap(Transcript.init(meta:))
  }()

  static func named(_ name: String) throws -> Transcript {
    try #require(all.first { $0.name == name })
  }

  private init?(meta: URL) {
    let raw = meta.deletingPathExtension().appendingPathExtension("raw")
    guard let text = try? String(contentsOf: meta, encoding: .utf8),
      let data = try? Data(contentsOf: raw)
    else { return nil }
    name = meta.deletingPathExtension().lastPathComponent
    reply = Array(data)
    var members: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let separator: Character = line.hasPrefix("  ") ? "=" : ":"
      guard let end = line.firstIndex(of: separator) else { continue }
      let key = line[..<end].trimmingCharacters(in: .whitespaces)
      members[key] = line[end...].dropFirst().trimmingCharacters(in: .whitespaces)
    }
    self.members = members
    guard let request = Self.bytes(ofLiteral: members["command-bytes"] ?? "") else { return nil }
    self.request = request
  }

  /// The bytes of `b'status\n'`, or of the shorthand for long requests: `b'x*2046 LF'`.
  private static func bytes(ofLiteral literal: String) -> [UInt8]? {
    guard literal.hasPrefix("b'") || literal.hasPrefix("b\"") else { return nil }
    let body = literal.dropFirst(2).dropLast()
    if body.hasSuffix(" LF") {
      return body.dropLast(3).split(separator: " ").flatMap(repeated) + [0x0A]
    }
    var result: [UInt8] = []
    var rest = body.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
        result.append(byte)
        continue
      }
      switch kind {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "x"):
        guard let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
          return nil
        }
        result.append(byte)
        rest = rest.dropFirst(2)
      default: result.append(kind)
      }
    }
    return result
  }

  private static func repeated(_ word: Substring) -> [UInt8] {
    let parts = word.split(separator: "*")
    guard parts.count == 2, let count = Int(parts[1]) else { return Array(word.utf8) }
    let unit = parts[0] == "SP" ? " " : String(parts[0])
    return Array(String(repeating: unit, count: count).utf8)
  }

  /// The daemon that gave this reply, and the control child that wrote it, told from the reply itself
  /// when it is a `status` or `mstat`: the table without the answering child.
  func world() -> (state: DaemonState, child: ControlChild) {
    var state = DaemonState(processID: Int32(members["daemon-pid"] ?? "") ?? 1)
    state.mode = isBackground ? .background : .foreground
    var processes: [ProcessEntry] = []
    if let status = try? StatusReply(parsing: reply) {
      state.maximumChildren = status.maximumChildren
      state.freeSpace = status.freeSpace
      state.loadAverage = status.loadAverage
      processes = status.processes
    } else if let mstat = try? MstatReply(parsing: reply) {
      state.maximumChildren = mstat.maximumChildren
      state.loadAverage = mstat.loadAverage
      state.queueCounts = mstat.queues
      state.fileSystems = mstat.fileSystems
      processes = mstat.processes
    }
    let answering = processes.first { $0.text.elementsEqual(SendmailWords.answeringControl) }
    // The answering child's slot is left free, by a process that enters and leaves again.
    var table = SlotTable(
      processes.map { entry in
        DaemonProcess(
          kind: entry.pid == state.processID ? .daemon : .smtpServer, pid: entry.pid,
          text: entry.text.bytes)
      })
    if let answering { table.leave(pid: answering.pid) }
    if !processes.isEmpty { state.processes = table }
    return (state, ControlChild(pid: answering?.pid ?? 2, table: state.processes))
  }
}
