// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("The tutorial")
struct TutorialTests {
  @Test("Every command has the output that it shows")
  func firstIncident() async throws {
    let file = ProjectFiles.file("docs/first-incident.md").string
    var session = DocumentSession(document: try String(contentsOfFile: file, encoding: .utf8))
    // For a host with sendmail; a how-to guide has it, too.
    #expect(session.remove(["smcontrol config --check"]) == [])
    #expect(session.steps.count > 20)
    try await withTemporaryDirectory { directory in
      let results = try await session.run(
        in: directory.path, replacing: [("/tmp/incident", with: directory["incident"].string)],
        prelude: "smcontrol() { command smcontrol --format terminal \"$@\"; }")
      try #require(results.count == session.steps.count, "\(results.last?.output ?? "")")
      for (step, result) in zip(session.steps, results) {
        #expect(
          ShownOutput.matches(step.output ?? [], result.output),
          "$ \(step.command)\n\(result.output)")
      }
    }
  }

  @Test(
    "The comparison tells what differs",
    arguments: [
      (["a 1", "b"], "a 22\nb\n", true), (["a", "..."], "a\nb\nc\n", true),
      (["a", "..."], "a\n", true),
      (["...", "c"], "a\nb\nc\n", true), (["a", "...", "d"], "a\nb\nc\n", false),
      (["a"], "a\nb\n", false), (["a", "b"], "a\n", false), ([], "", true), ([], "a\n", false),
    ])
  func comparison(shown: [String], output: String, isEqual: Bool) {
    #expect(ShownOutput.matches(shown, output) == isEqual)
  }
}
