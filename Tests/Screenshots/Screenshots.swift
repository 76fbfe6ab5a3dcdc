// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// Takes the screens of the documents from real runs: of smcontrol, on a terminal, with a
/// real sendmail.
@main
struct Screenshots {
  static func main() async throws {
    var texts: [(file: FilePath, scene: Scene, text: String)] = []
    for (file, scene, locale) in [
      ("README.md", Scene.status, "C.UTF-8"), ("docs/how-to/audit.md", .audit, "C.UTF-8"),
      // Not every pager for manuals can show more than ASCII.
      ("man/smcontrol-shell.7", .shell, "C"),
    ] {
      texts.append((ProjectFiles.file(file), scene, try await scene.take(locale: locale)))
    }
    // Only when all of them could be taken is anything changed.
    for (file, scene, text) in texts {
      var document = try Document(file)
      try document.replace(scene.name, with: text)
      try document.write()
      print("\(file.lastComponent?.string ?? ""): \(scene.name)")
    }
  }
}
