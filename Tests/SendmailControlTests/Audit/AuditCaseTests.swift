// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import TestSupport
import Testing

@Suite("The audit, case by case")
struct AuditCaseTests {
  @Test("Finds what the table lists", arguments: AuditCase.all)
  func findsWhatTheTableLists(in example: AuditCase) {
    #expect(example.fault == nil)
    let report = example.report
    func texts(_ findings: [Finding]) -> [String] {
      findings.map { "\($0.rule.name) \(String(decoding: $0.path, as: UTF8.self))" }
    }
    let serious = report.findings.filter { $0.rule.severity != .note }
    #expect(texts(serious).sorted() == example.findings.sorted())
    let notes = texts(report.findings.filter { $0.rule.severity == .note })
    #expect(Set(example.notes).subtracting(notes) == [])
    #expect(
      report.unchecked.map { String(decoding: $0.path, as: UTF8.self) }.sorted()
        == example.unchecked.sorted())
    let steps = report.findings.flatMap(\.remediation).map(\.text)
    #expect(Set(example.remedies).subtracting(steps) == [])
    #expect(!steps.contains { step in example.absentRemedies.contains { step.hasPrefix($0) } })
  }

  @Test("Lists every rule that a case finds, and has a case for every rule it lists")
  func listsEveryRuleThatACase() {
    let names = AuditRule.all.map(\.name)
    #expect(Set(names).count == names.count)
    let found = Set(AuditCase.all.flatMap(\.report.findings).map(\.rule.name))
    #expect(found.subtracting(names) == [], "missing from AuditRule.all")
    #expect(Set(names).subtracting(found) == [], "without a case")
  }

  /// The previous test cannot see a rule that is neither listed nor found.
  @Test("Lists every rule that is written")
  func listsEveryRuleThatIsWritten() throws {
    let written = try ["Socket", "Daemon", "Queue", "Files", "Filters"].flatMap { part in
      let path = ProjectFiles.file("Sources/SendmailControl/Audit/AuditRules+\(part).swift")
      return try String(contentsOfFile: path.string, encoding: .utf8)
        .matches(of: /= AuditRule\(\s*"([a-z.-]+)"/).map { String($0.output.1) }
    }
    #expect(written.sorted() == AuditRule.all.map(\.name).sorted())
  }

  @Test("Finds a rule by its name")

  func findsARuleByItsName() {
    for rule in AuditRule.all {
      #expect(AuditRule(name: rule.name) == rule)
      #expect(AuditRule(name: rule.name.uppercased()) == rule)
      #expect(AuditRule(name: rule.name + "x") == nil)
    }
  }

  @Test("Prints no control character", arguments: AuditCase.all)
  func printsNoControlCharacter(of example: AuditCase) throws {
    let text = AuditText.make([example.report], style: TerminalStyle(width: 80, isColoured: false))
    #expect(text.unicodeScalars.allSatisfy { $0.isASCII && ($0 == "\n" || $0.value >= 0x20) })
    let json = try JSONText.make(AuditDocument([example.report], exitStatus: 0))
    #expect(json.unicodeScalars.dropLast().allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  @Test("Annotates exactly the components that break a rule")

  func annotatesExactlyTheComponents()
    throws
  {
    let example = try #require(AuditCase.all.first { $0.name == "group may write above" })
    let group = try #require(example.report.groups.first { $0.subject == .socket })
    #expect(
      group.components.list.map { "\($0.modeText) \($0.owner) \($0.shownPath)" } == [
        "drwxr-xr-x root /", "drwxr-xr-x root /var/", "drwxr-xr-x root /var/spool/",
        "drwxrwxr-x root /var/spool/a/", "drwxr-xr-x root /var/spool/a/d/",
      ])
    #expect(
      group.components.list.map(\.rules) == [[], [], [], [.socketDirectoryGroupWritable], []])
  }

  @Test("Lists the most severe finding first")

  func listsTheMostSevereFindingFirst() {
    for example in AuditCase.all {
      for group in example.report.groups {
        let severities = group.findings.map(\.rule.severity)
        #expect(severities == severities.sorted())
      }
    }
  }

  @Test("Reports a directory that queues have in common once")

  func reportsADirectoryThatQueues()
    throws
  {
    let example = try #require(AuditCase.all.first { $0.name == "above many queues" })
    #expect(example.report.groups.count { $0.subject == .queue } == 3)
    let annotated = example.report.groups.filter { group in
      group.components.list.contains { $0.rules.contains(.queueParentWritable) }
    }
    #expect(annotated.count == 3)
    #expect(example.report.findings.count { $0.rule == .queueParentWritable } == 1)
  }

  @Test("Has sentences for every rule")

  func hasSentencesForEveryRule() {
    for rule in AuditRule.all {
      #expect(rule.requirement.hasSuffix(".") && rule.reason.hasSuffix("."), "\(rule.name)")
      #expect(!rule.source.isEmpty && !rule.label.isEmpty)
      #expect(!rule.requirement.contains("  ") && !rule.reason.contains("  "))
      #expect(rule.severity == .note || rule.requirement.contains(" must "), "\(rule.name)")
    }
    #expect(Set(AuditRule.all.map(\.requirement)).count == AuditRule.all.count)
  }
}
