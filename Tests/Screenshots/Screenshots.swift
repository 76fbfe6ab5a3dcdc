// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// Takes the screens of README.md and of the manual from real runs: of smcontrol, on a terminal, with a
/// real sendmail.
@main
struct Screenshots {
  static func main() async throws {
    let readme = ProjectFiles.file("README.md")
    let manual = ProjectFiles.file("man/smcontrol-shell.7")
    var texts: [(file: FilePath, scene: Scene, text: String)] = []
    for scene in [Scene.status, .shell, .audit] {
      texts.append((readme, scene, try await scene.take(locale: "C.UTF-8")))
    }
    // Not every pager for manuals can show more than ASCII.
    texts.append((manual, .shell, try await Scene.shell.take(locale: "C")))
    // Only when all of them could be taken is anything changed.
    for (file, scene, text) in texts {
      var document = try Document(file)
      try document.replace(scene.name, with: text)
      try document.write()
      print("\(file.lastComponent?.string ?? ""): \(scene.name)")
    }
  }
}
