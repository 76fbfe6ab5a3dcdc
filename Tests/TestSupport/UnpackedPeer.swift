// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import SystemPackage

/// A program of Debian that a script unpacks under the build folder.
struct UnpackedPeer: Sendable {
  private let script: FilePath
  private let output: String
  private var parts: [Substring: String] = [:]

  /// Runs the script of this name in `Scripts`, which unpacks its packages unless they are there already.
  ///
  /// - Throws: ``HarnessError`` with what it says when it fails.
  init(script name: String) async throws {
    script = ProjectFiles.file("Scripts/\(name)")
    let outcome = try await ProcessRunner.run(script, timeout: .seconds(300))
    guard outcome.status == 0 else {
      throw HarnessError(outcome.errorOutput.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    output = outcome.output
    for line in output.split(separator: "\n") {
      let part = line.split(separator: "=", maxSplits: 1)
      if part.count == 2 { parts[part[0]] = String(part[1]) }
    }
  }

  /// The place of the part called `name`.
  ///
  /// - Throws: ``HarnessError`` when the script did not say where it is.
  func part(_ name: String) throws -> String {
    guard let part = parts[name[...]] else {
      throw HarnessError("\(script) did not say where its \(name) is, but: \(output)")
    }
    return part
  }
}
