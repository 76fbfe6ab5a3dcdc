// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@testable import SendmailControlDaemon

/// The replies of the daemon against those of real ones, byte for byte.
@Suite struct TranscriptTests {
  /// The reply of a daemon in `state`.
  private func reply(
    to request: [UInt8], in state: DaemonState, child: ControlChild? = nil, time: String = ""
  ) -> [UInt8] {
    let child = child ?? ControlChild(pid: 2, table: state.processes)
    var source = DaemonCore(state).reply(to: RequestLine(request), by: child, time: { time })
    var bytes: [UInt8] = []
    while let piece = source.next(size: 1000) { bytes += piece }
    return bytes
  }

  static let lists = Transcript.all.filter { transcript in
    switch RequestLine(transcript.request).command {
    case .status, .mstat: true
    default: false
    }
  }

  @Test("The transcripts are there")

  func theTranscriptsAreThere() {
    #expect(Transcript.all.count > 140)
    #expect(Self.lists.count > 100)
  }

  @Test("Lists are those of the real daemon", arguments: lists)
  func listsAreThoseOfTheReal(_ transcript: Transcript) {
    let (state, child) = transcript.world()
    #expect(reply(to: transcript.request, in: state, child: child) == transcript.reply)
  }

  static let fixed = Transcript.all.filter { transcript in
    switch RequestLine(transcript.request).command {
    case .restart, .shutdown: true
    case nil: !transcript.reply.isEmpty
    case .memdump: transcript.name == "memdump-off"
    default: false
    }
  }

  @Test("Fixed replies are those of the real daemon", arguments: fixed)
  func fixedRepliesAreThose(_ transcript: Transcript) {
    #expect(
      reply(to: transcript.request, in: DaemonState(processID: 1)) == transcript.reply)
  }

  // MARK: help

  static let helps = Transcript.all.filter { $0.name.hasPrefix("help-") }

  /// The help file of each transcript.
  private func helpFile(of transcript: Transcript) throws -> HelpFile? {
    switch transcript.name.split(separator: "-").dropFirst().first {
    case "bD", "bd":
      let text = try Transcript.named("help-bd").reply.split(separator: 0x0A).dropLast()
        .flatMap { line -> [UInt8] in "control\t".utf8 + line + [0x0A] }
      return HelpFile(text: Array("#vers\t2\ncpyr\nsmtp\tx\n".utf8) + text)
    case "macros":
      return HelpFile(
        text: Array("#vers\t2\ncontrol\tmy $w and $j and $$ end\ncontrol\n".utf8),
        macros: ["w": "vm", "j": "vm.localdomain"])
    case "novers":
      return HelpFile(text: Array("control\tA\ncontrol\tB $w \\# x\ncontrol\ncontrolx\t\n".utf8))
    case "notopic":
      return HelpFile(text: Array("#vers\t2\nsmtp\tx\nControl\ty\n".utf8))
    default:
      return nil
    }
  }

  @Test("Help is that of the real daemon", arguments: helps)
  func helpIsThatOfTheReal(_ transcript: Transcript) throws {
    var state = DaemonState(processID: 1)
    state.mode = transcript.isBackground ? .background : .foreground
    state.help = try helpFile(of: transcript)
    #expect(reply(to: transcript.request, in: state) == transcript.reply)
  }

  // MARK: memdump

  static let dumps = Transcript.all.filter { $0.name.hasPrefix("memdump-sm") }

  @Test("Heap reports are those of the real daemon", arguments: dumps)
  func heapReportsAreThose(_ transcript: Transcript) throws {
    let lines = String(decoding: transcript.reply, as: UTF8.self).split(separator: "\n")
    let items = lines.dropLast(2).map { line in
      let words = line.split(separator: " ")
      return HeapItem(
        group: Int(words[0]) ?? -1, address: UInt64(words[1], radix: 16) ?? 0,
        size: Int(words[2]) ?? -1, tag: words.count > 4 ? String(words[4]) : "")
    }
    // Totals cover blocks that the lower levels do not print, so they are added here.
    let numbers = lines[lines.count - 1].split { !$0.isNumber }.compactMap { Int($0) }
    let (maximum, group0, group1) = (numbers[0], numbers[3], numbers[5])
    let sums = items.reduce(into: [0, 0]) { $0[$1.group] += $1.size }
    let level = Int(transcript.name.split { !$0.isNumber }[0]) ?? 0
    var state = DaemonState(processID: 1)
    var hidden: [HeapItem] = []
    if level < 4 { hidden.append(HeapItem(group: 0, address: 0, size: group0 - sums[0], tag: "")) }
    if level < 3 { hidden.append(HeapItem(group: 1, address: 0, size: group1 - sums[1], tag: "")) }
    state.heapReport = HeapReport(
      level: level, items: .listed(items + hidden), maximum: maximum)
    let pid = Int32(lines[lines.count - 2].dropFirst(4).prefix(while: \.isNumber)) ?? 0
    let time = lines[lines.count - 2].drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
    let child = ControlChild(pid: pid, table: state.processes)
    #expect(
      reply(to: transcript.request, in: state, child: child, time: String(time))
        == transcript.reply)
  }
}
