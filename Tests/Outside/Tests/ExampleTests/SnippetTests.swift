// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Testing

/// Every Swift example of README, of `docs` and of the articles is code of this package, line by line.
@Suite("Examples in texts")
struct SnippetTests {
  private static let here = URL(filePath: #filePath).deletingLastPathComponent()
  private static let project = URL(filePath: "../../../..", relativeTo: here).standardizedFileURL

  /// README, the texts in `docs` and the pages of all documentation catalogues, by their paths in the project.
  static let texts =
    ["README.md"] + pages(in: "docs") + pages(in: "Sources").filter { $0.contains(".docc/") }

  private static func pages(in folder: String) -> [String] {
    let path = project.appending(path: folder).path
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(folder)/\($0)" }
  }

  @Test("The texts and the catalogues have examples")
  func found() throws {
    #expect(Self.texts.count > 6)
    #expect(try Self.texts.reduce(0) { $0 + (try Self.examples(in: $1).count) } > 9)
  }

  @Test("An example is compiled as it is written", arguments: texts)
  func compiled(text: String) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.here.path)
    let code = try files.filter { $0.hasSuffix(".swift") && $0 != "SnippetTests.swift" }
      .flatMap {
        try Self.lines(of: String(contentsOf: Self.here.appending(path: $0), encoding: .utf8))
      }
      .filter { !Self.isComment($0) }
    for example in try Self.examples(in: text) {
      var rest = code[...]
      // Where the example has a comment, there is something to run here.
      for part in example.split(whereSeparator: Self.isComment) {
        let place = rest.firstRange(of: part)
        #expect(place != nil, "\(part.first ?? ""): compile it in Tests/Outside")
        rest = rest[(place?.upperBound ?? rest.startIndex)...]
      }
    }
  }

  /// The Swift code in a text, each example as its lines.
  private static func examples(in text: String) throws -> [[String]] {
    let contents = try String(contentsOf: project.appending(path: text), encoding: .utf8)
    return contents.matches(of: /```swift\n((?s).*?)```/).map { lines(of: String($0.output.1)) }
  }

  /// The lines without indentation, imports and what is empty.
  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("import ") }
  }

  private static func isComment(_ line: String) -> Bool { line.hasPrefix("//") }
}
