// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Status as an administrator reads it")
struct StatusTextTests {
  @Test("Reports on 80 columns", arguments: NamedReport.all)
  func reports(report: NamedReport) throws {
    let style = TerminalStyle(width: 80, characters: .utf8)
    try Golden.check(
      StatusText.make(report.report, style: style), "Terminal/\(report.name)-80.txt")
  }

  static let styles: [(name: String, style: TerminalStyle)] = [
    ("20", TerminalStyle(width: 20, characters: .utf8)),
    ("40", TerminalStyle(width: 40, characters: .utf8)),
    ("60", TerminalStyle(width: 60, characters: .utf8)),
    ("120", TerminalStyle(width: 120, characters: .utf8)),
    ("file", TerminalStyle(characters: .utf8)),
    ("ascii", TerminalStyle(width: 80)),
    ("colour", TerminalStyle(width: 80, characters: .utf8, isColoured: true)),
  ]

  @Test("The same report in other places", arguments: styles, ["normal", "rejecting", "hostile"])
  func places(place: (name: String, style: TerminalStyle), name: String) throws {
    let report = try #require(NamedReport.all.first { $0.name == name }).report
    try Golden.check(
      StatusText.make(report, style: place.style), "Terminal/\(name)-\(place.name).txt")
  }

  @Test("No line is wider than the place, whatever the width", arguments: NamedReport.all)
  func width(report: NamedReport) {
    for width in [1, 2, 10, 29] + Array(30...140) {
      for characters in [TerminalStyle.Characters.utf8, .ascii] {
        let text = StatusText.make(
          report.report, style: TerminalStyle(width: width, characters: characters))
        for line in text.split(separator: "\n") {
          #expect(DisplayWidth.of(String(line)) <= width, "\(width): \(line)")
        }
        let isOneLine = text.split(separator: "\n").count == 1
        #expect((width < TerminalStyle.narrowest) == isOneLine, "\(width)")
      }
    }
  }

  @Test("It has no control characters, and in ASCII no others", arguments: NamedReport.all)
  func harmless(report: NamedReport) {
    for characters in [TerminalStyle.Characters.utf8, .ascii] {
      let text = StatusText.make(report.report, style: TerminalStyle(characters: characters))
      for scalar in text.unicodeScalars where scalar != "\n" {
        let category = scalar.properties.generalCategory
        #expect(category != .control && category != .format, "\(scalar.value)")
        #expect(characters == .utf8 || scalar.isASCII)
      }
    }
  }

  @Test("Colours say nothing that words do not", arguments: NamedReport.all)
  func colours(report: NamedReport) {
    let plain = TerminalStyle(width: 80, characters: .utf8)
    var coloured = plain
    coloured.isColoured = true
    let text = StatusText.make(report.report, style: coloured)
    #expect(text.contains("\u{1B}["))
    #expect(
      text.replacing(/\u{1B}\[[0-9;]+m/, with: "") == StatusText.make(report.report, style: plain))
  }

  @Test("Off a terminal nothing is cut")
  func file() {
    let text = StatusText.make(.hostile, style: TerminalStyle(characters: .utf8))
    #expect(text.contains(String(repeating: "long.", count: 60) + "example"))
    #expect(!text.contains("…"))
  }

  @Test("Ages are not mentioned without children")
  func noChildren() {
    var report = StatusReport.of()
    report.context.processes = [:]
    let none = "None of the children is in the process table"
    #expect(!StatusText.make(report, style: TerminalStyle()).contains(none))
    report = StatusReport.of(children: [(201, "Queue runner")])
    report.context.processes = [:]
    #expect(StatusText.make(report, style: TerminalStyle()).contains(none))
  }

  @Test("Ten thousand children are ten thousand lines, the oldest first")
  func large() {
    let text = StatusText.make(.large(10_000), style: TerminalStyle(width: 80))
    let pids = text.split(separator: "\n").filter { $0.contains("smtp-server") }
      .compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
    #expect(pids == Array((1000..<11_000).reversed()))
  }

  @Test("DelayLA and ConnectionRateThrottle are shown where they are set, and what the load means")
  func delays() {
    func text(load: Int, delayLA: Int, rate: Int, maximum: Int = 5) -> String {
      var report = StatusReport.of(count: 1, maximum: maximum, load: load, free: 1000)
      report.context.thresholds = StatusThresholds(
        queueLA: 8, refuseLA: 12, delayLA: delayLA, connectionRate: rate, minimumFreeBlocks: 0,
        sharedMemoryKey: 0, daemonNames: [])
      return StatusText.make(report, style: TerminalStyle())
    }
    let delayed = text(load: 3, delayLA: 3, rate: 4)
    #expect(
      delayed.contains("QueueLA 8, DelayLA 3 (each SMTP command is delayed by a second)\n"))
    #expect(delayed.contains("1 of 5, ConnectionRateThrottle 4 a second\n"))
    #expect(text(load: 2, delayLA: 3, rate: 0).contains("QueueLA 8, DelayLA 3\n"))
    #expect(!text(load: 2, delayLA: 0, rate: 0).contains("Delay"))
    #expect(!text(load: 2, delayLA: 0, rate: 0).contains("Throttle"))
    #expect(text(load: 2, delayLA: 0, rate: 2, maximum: 0).contains("1, no limit, Connection"))
  }

  @Test("A file system on which nothing can be queued is named")
  func obstacles() {
    var report = StatusReport.of(count: 1, maximum: 5, load: 1, free: 1000)
    report.context.fileSystems = [
      FileSystemInfo(blockSize: 4096, freeSpace: 1000, isReadOnly: true)
    ]
    let text = StatusText.make(report, style: TerminalStyle())
    #expect(text.contains("first queue group, read-only: no message can be queued"), "\(text)")
  }

  @Test("A number that no daemon has breaks nothing", arguments: [Int.max, .min])
  func extremes(number: Int) {
    var report = StatusReport.of(count: number, maximum: 5, load: number, free: number)
    report.status.queues = .counts([
      DaemonStatus.Queue(directory: "a", messages: number),
      DaemonStatus.Queue(directory: "b", messages: number),
    ])
    report.context.thresholds = StatusThresholds(
      queueLA: number, refuseLA: number, minimumFreeBlocks: number, sharedMemoryKey: number,
      daemonNames: [])
    let text = StatusText.make(report, style: TerminalStyle(width: 80))
    #expect(text.contains("\(number) of 5"))
    // The limit is reached, and the list is shorter than the count.
    #expect(StatusWarning.all(for: report.status).count <= 2)
  }
}
