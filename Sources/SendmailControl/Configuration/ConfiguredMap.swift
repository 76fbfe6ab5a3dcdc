// SPDX-License-Identifier: Apache-2.0

/// A map of a `K` line, or one of `AliasFile`, that reads a file.
struct ConfiguredMap: Sendable, Equatable {
  /// The line, counted from 1; `nil` for a map of the command line.
  var line: Int?
  /// The name; `nil` for aliases.
  var name: [UInt8]?
  /// The name of its class.
  var className: String
  /// The file without the suffix that its class adds.
  var file: [UInt8]
  /// True if sendmail does without it when it cannot be opened (`-o`).
  var isOptional: Bool

  /// The file that sendmail opens: the database, or the text itself; `nil` for a class without one.
  var openedFile: [UInt8]? {
    switch className {
    case "hash", "btree", "implicit": file.hasSuffix(".db") ? file : file + Array(".db".utf8)
    case "cdb": file.hasSuffix(".cdb") ? file : file + Array(".cdb".utf8)
    case "text", "stab": file
    default: nil
    }
  }

  /// The text that the database is made of; `nil` when the text itself is opened.
  var source: [UInt8]? {
    guard let openedFile, openedFile != file else { return nil }
    return file
  }

  /// True if sendmail reads the text when there is no database.
  var readsSource: Bool { className == "implicit" }

  /// The map in a sentence.
  var title: String {
    let place = line.map { "line \($0)" } ?? "the command line"
    guard let name else { return "\(className) aliases (\(place))" }
    return "\(className) map \(TerminalEscaping.escape(name)) (\(place))"
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ suffix: String) -> Bool {
    count > suffix.utf8.count && self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
