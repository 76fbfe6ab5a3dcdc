// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// The files of the project that are made from other files of it.
enum GeneratedFiles {
  /// The contents of each, by its path in the project.
  static func contents() throws -> [(path: String, text: String)] {
    let schemas = try SchemaFile.all()
    return [
      ("Sources/SMControlCommands/Schemas/Schema+All.swift", SchemaSource.text(schemas)),
      ("man/smcontrol-json.5", JSONManual.text(schemas)),
      ("man/smcontrol-audit.7", try AuditManual.text()),
    ]
  }
}

/// Writes the files that are made from others.
@main
struct Generate {
  static func main() throws {
    for (path, text) in try GeneratedFiles.contents() {
      try text.write(
        toFile: ProjectFiles.file(path).string, atomically: true, encoding: .utf8)
      print(path)
    }
  }
}
