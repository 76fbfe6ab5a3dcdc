// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite("The tutorial")
struct TutorialTests {
  @Test("Every command of it shows what it says")
  func firstIncident() async throws {
    let file = ProjectFiles.file("docs/first-incident.md").string
    let session = ConsoleSession(document: try String(contentsOfFile: file, encoding: .utf8))
    #expect(session.steps.count > 20)
    try await withTemporaryDirectory { directory in
      let outputs = try await session.run(replacing: "/tmp/incident", with: directory)
      try #require(outputs.count == session.steps.count + 1, "\(outputs.last ?? "")")
      for (step, output) in zip(session.steps, outputs) {
        #expect(
          ShownOutput.matches(step.output, output), "$ \(step.command)\n\(output)")
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
