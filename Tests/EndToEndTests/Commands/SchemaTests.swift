// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// `smcontrol schema`, and the schemas themselves. ``ProcessRunner`` and ``ContractPlace`` validate what
/// smcontrol prints in all other tests.
@Suite("JSON Schemas")
struct SchemaTests {
  @Test("They are listed with their titles, and each is printed as it is installed")
  func printed() async throws {
    let list = try await SMControlRun.run(["schema"])
    #expect(list.status == 0)
    #expect(list.output.split(separator: "\n").map { $0.prefix { $0 != " " } } == names)
    #expect(list.output.contains("smcontrol.status/1        The reply to status\n"))
    for name in ["smcontrol.status/1", "status/1", "status"] {
      let text = try await SMControlRun.run(["schema", name])
      #expect(Data(text.standardOutput) == contents(of: "Schemas/status-1.json"), "\(name)")
    }
    for schema in Schema.all {
      let file = schema.name.dropFirst("smcontrol.".count).replacing("/", with: "-")
      #expect(Data((schema.text + "\n").utf8) == contents(of: "Schemas/\(file).json"))
    }
  }

  @Test("In JSON there is one object for one and for all")
  func json() async throws {
    let one = try await SMControlRun.run(["schema", "failure", "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(one.standardOutput)) as? [String: Any]
    let schemas = try #require(object?["schemas"] as? [[String: String]])
    #expect(schemas.map { $0["name"] } == ["smcontrol.failure/1"])
    let text = try #require(schemas.first?["text"])
    #expect(Data((text + "\n").utf8) == contents(of: "Schemas/failure-1.json"))
  }

  @Test("An unknown name is a usage error with the nearest one")
  func unknown() async throws {
    let outcome = try await SMControlRun.run(["schema", "sttatus"])
    #expect(outcome.status == 64)
    #expect(outcome.standardOutput.isEmpty)
    #expect(
      outcome.errorOutput == """
        smcontrol: schema: unknown schema 'sttatus'; did you mean 'status'?
        smcontrol: see "smcontrol help schema"

        """)
  }

  @Test("Every golden JSON object fits its schema")
  func goldens() async throws {
    let directory = ProjectFiles.file("Tests/SendmailControlTests/Data/Golden").string
    let names = try #require(FileManager.default.enumerator(atPath: directory))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }
    #expect(names.count > 100)
    for name in names {
      let bytes = try #require(FileManager.default.contents(atPath: "\(directory)/\(name)"))
      #expect(await SchemaValidator.shared.complaints(about: Array(bytes)) == [], "\(name)")
    }
  }

  @Test(
    "An object that does not fit is found",
    arguments: [
      #"{"schema":"smcontrol.failure/1"}"#, #"{"schema":"smcontrol.unknown/1"}"#,
      #"{"schema":"smcontrol.help-command/1","command":1,"lines":[]}"#,
      #"{"schema":"smcontrol.help-command/1","command":"status","lines":[],"unknown":1}"#,
    ])
  func misfit(object: String) async {
    let complaints = await SchemaValidator.shared.complaints(about: Array("\(object)\n".utf8))
    #expect(complaints.count == (SchemaValidator.isThere ? 1 : 0))
  }

  private var names: [Substring] { Schema.all.map { $0.name[...] } }

  private func contents(of file: String) -> Data? {
    FileManager.default.contents(atPath: ProjectFiles.file(file).string)
  }
}
