// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// A JSON Schema of `Schemas/`.
struct SchemaFile {
  /// The value of the member `schema` in the objects that it describes.
  let name: String
  /// The title.
  let title: String
  /// The sentence about the objects.
  let description: String
  /// The text of the file.
  let text: String
  /// The object itself.
  let root: SchemaNode

  /// All of them, by the names of their files.
  static func all() throws -> [SchemaFile] {
    let directory = ProjectFiles.file("Schemas")
    return try FileManager.default.contentsOfDirectory(atPath: directory.string)
      .filter { $0.hasSuffix(".json") }.sorted()
      .map { try SchemaFile(directory.appending($0)) }
  }

  private init(_ file: FilePath) throws {
    let data = try Data(contentsOf: URL(filePath: file.string))
    guard let root = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      let title = root["title"] as? String, let description = root["description"] as? String,
      let name = ((root["properties"] as? [String: Any])?["schema"] as? [String: Any])?["const"]
        as? String
    else { throw HarnessError("\(file): no title, no description, or no constant schema") }
    self.name = name
    self.title = title
    self.description = description
    text = String(decoding: data, as: UTF8.self)
    self.root = SchemaNode(root, definitions: root["$defs"] as? [String: Any] ?? [:])
  }
}

/// The schema of a value within a schema.
struct SchemaNode {
  private let members: [String: Any]
  private let definitions: [String: Any]

  init(_ members: [String: Any], definitions: [String: Any]) {
    self.members = members
    self.definitions = definitions
  }

  /// The sentence about the value.
  var description: String { members["description"] as? String ?? "" }

  /// The name of the definition that it refers to.
  var definition: String? {
    let reference = members["$ref"] as? String
    return (reference ?? choices.lazy.compactMap { $0["$ref"] as? String }.first)?
      .split(separator: "/").last.map(String.init)
  }

  /// The definition called `name`.
  func definition(_ name: String) -> SchemaNode {
    SchemaNode(definitions[name] as? [String: Any] ?? [:], definitions: definitions)
  }

  /// The words that the value can be.
  var words: [String] {
    members["enum"] as? [String] ?? choices.lazy.compactMap { $0["enum"] as? [String] }.first ?? []
  }

  /// The names of the types, without `null`.
  var types: [String] {
    let type = members["type"]
    let all = type as? [String] ?? (type as? String).map { [$0] } ?? []
    return (all + choices.compactMap { $0["type"] as? String }).filter { $0 != "null" }
  }

  /// True if the value may be `null`.
  var isNullable: Bool {
    (members["type"] as? [String])?.contains("null") == true
      || choices.contains { $0["type"] as? String == "null" }
  }

  /// The schema of an array's elements.
  var items: SchemaNode? {
    (members["items"] as? [String: Any]).map { SchemaNode($0, definitions: definitions) }
  }

  /// The members of an object: those that are always there in the order in which the schema requires
  /// them, then the others by name.
  var properties: [(name: String, node: SchemaNode, isOptional: Bool)] {
    guard let all = members["properties"] as? [String: [String: Any]] else { return [] }
    let required = members["required"] as? [String] ?? []
    let optional = all.keys.filter { !required.contains($0) }.sorted()
    return (required + optional).map { name in
      (
        name, SchemaNode(all[name] ?? [:], definitions: definitions),
        isOptional: !required.contains(name)
      )
    }
  }

  private var choices: [[String: Any]] { members["anyOf"] as? [[String: Any]] ?? [] }
}
