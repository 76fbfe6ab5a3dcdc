// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("The audit, case by case")
struct AuditCaseTests {
  @Test(arguments: AuditCase.all)
  func `says what the table says`(of example: AuditCase) {
    #expect(example.fault == nil)
    let report = example.report
    func texts(_ findings: [Finding]) -> [String] {
      findings.map { "\($0.rule.rawValue) \(String(decoding: $0.path, as: UTF8.self))" }
    }
    let serious = report.findings.filter { $0.rule.severity != .note }
    #expect(texts(serious).sorted() == example.findings.sorted())
    let notes = texts(report.findings.filter { $0.rule.severity == .note })
    #expect(Set(example.notes).subtracting(notes) == [])
    #expect(
      report.unseen.map { String(decoding: $0.subject, as: UTF8.self) }.sorted()
        == example.unseen.sorted())
    let steps = report.findings.flatMap(\.mending).map(\.text)
    #expect(Set(example.mending).subtracting(steps) == [])
  }

  @Test(arguments: AuditRule.allCases)
  func `has a case for each rule`(_ rule: AuditRule) {
    let isFound = AuditCase.all.contains { example in
      (example.findings + example.notes).contains { $0.hasPrefix(rule.rawValue + " ") }
    }
    #expect(isFound)
  }

  @Test(arguments: AuditCase.all)
  func `shows nothing that a terminal obeys`(of example: AuditCase) throws {
    let text = AuditText.make([example.report], style: TerminalStyle(width: 80, isColoured: false))
    #expect(text.unicodeScalars.allSatisfy { $0.isASCII && ($0 == "\n" || $0.value >= 0x20) })
    let json = try JSONText.make(AuditDocument([example.report], exitStatus: 0))
    #expect(json.unicodeScalars.dropLast().allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  @Test func `marks the ladder with what differs and nothing else`() throws {
    let example = try #require(AuditCase.all.first { $0.name == "group may write above" })
    let group = try #require(example.report.groups.first { $0.subject == .socket })
    #expect(
      group.ladder.rungs.map { "\($0.modeText) \($0.owner) \($0.shownPath)" } == [
        "drwxr-xr-x root /", "drwxr-xr-x root /var/", "drwxr-xr-x root /var/spool/",
        "drwxrwxr-x root /var/spool/a/", "drwxr-xr-x root /var/spool/a/d/",
      ])
    #expect(
      group.ladder.rungs.map(\.marks) == [[], [], [], [.socketDirectoryGroupWritable], []])
  }

  @Test func `has the worst first`() {
    for example in AuditCase.all {
      for group in example.report.groups {
        let severities = group.findings.map(\.rule.severity)
        #expect(severities == severities.sorted())
      }
    }
  }

  @Test func `says what is wrong with a common directory once`() throws {
    let example = try #require(AuditCase.all.first { $0.name == "above many queues" })
    #expect(example.report.groups.count { $0.subject == .queue } == 3)
    let marked = example.report.groups.filter { group in
      group.ladder.rungs.contains { $0.marks.contains(.queueParentWritable) }
    }
    #expect(marked.count == 3)
    #expect(example.report.findings.count { $0.rule == .queueParentWritable } == 1)
  }

  @Test(
    arguments: [
      ("socket.directory-grop", "socket.directory-group-"), ("queue.oppen", "queue.open"),
      ("QUEUE.OPEN", "queue.open"), ("queue.op", "queue.open"),
      ("listener.forin-user", "listener.foreign-user"),
    ])
  func `knows the nearest rule`(word: String, expected: String) {
    let nearest = AuditRule.nearest(to: word).rawValue
    #expect(nearest.hasPrefix(expected), "\(nearest)")
  }

  @Test func `has sentences for every rule`() {
    for rule in AuditRule.allCases {
      #expect(rule.law.hasSuffix(".") && rule.reason.hasSuffix("."), "\(rule.rawValue)")
      #expect(!rule.source.isEmpty && !rule.label.isEmpty)
      #expect(!rule.law.contains("  ") && !rule.reason.contains("  "))
    }
    #expect(Set(AuditRule.allCases.map(\.law)).count >= AuditRule.allCases.count - 1)
  }
}
