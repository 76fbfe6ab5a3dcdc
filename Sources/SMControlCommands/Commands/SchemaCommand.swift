// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// `smcontrol schema [NAME]`
struct SchemaCommand: Command {
  /// The schema to print; `nil` to list all.
  let schema: Schema?

  func run(in context: CommandContext, _ output: Output) async throws(CommandFailure) -> ExitStatus
  {
    try await output.show(Outcome(SchemaReport(schema: schema)))
  }
}

extension CommandSpec {
  static let schema = CommandSpec(
    name: "schema", summary: "Print the JSON Schema of a result, or list the schemas.",
    discussion: """
      Every JSON object that smcontrol prints has a member "schema" with the name of the schema that \
      describes it. Here "smcontrol." and the version can be left out of the name.
      """,
    example: "schema status", formats: .finding,
    options: [DisplayOptions.noPager, ConnectionOptions.format.spec, ConnectionOptions.readOnly],
    arguments: [
      ArgumentSpec(
        name: "name", help: "The name of a schema.",
        candidates: .names { Schema.all.map { $0.shortName } },
        isOptional: true)
    ]
  ) { line throws(UsageError) in
    guard let name = line.arguments.first else { return SchemaCommand(schema: nil) }
    guard let schema = Schema(named: String(decoding: name, as: UTF8.self)) else {
      let nearest = NearestWord.suggestion(for: name, in: Schema.all.map(\.shortName))
      throw UsageError("unknown schema '\(TerminalEscaping.escape(name))'\(nearest)")
    }
    return SchemaCommand(schema: schema)
  }
}

/// A JSON Schema, or the list of all.
struct SchemaReport: Report {
  /// The schema; `nil` for the list.
  let schema: Schema?

  var classic: String {
    if let schema { return schema.text + "\n" }
    let width = Schema.all.map(\.name.utf8.count).max() ?? 0
    return Schema.all.map { schema in
      schema.name + String(repeating: " ", count: width + 2 - schema.name.utf8.count)
        + schema.title + "\n"
    }.joined()
  }

  var document: Document { Document(schemas: schema.map { [$0] } ?? Schema.all) }

  /// The schemas in JSON. Members are only ever added.
  struct Document: Encodable, Sendable {
    var schema = "smcontrol.schema/1"
    let schemas: [Schema]
  }
}
