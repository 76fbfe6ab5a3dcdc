// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The results of `make`, built in folders that the test run does not keep locked.
enum ShippedBuild {
  /// Returns whether tests may take the minutes that a release build may take: `make test` has built it.
  static func isWanted() -> Bool {
    if WantedTests.isEverything || WantedTests.isSet("SMCONTROL_SHIPPED_TESTS") { return true }
    SkipNotice.print(
      "Tests of what is installed are skipped: they need a release build. Run them by: make test")
    return false
  }

  /// Runs `make` with `arguments` in the project, as `run` does.
  @discardableResult
  static func make(_ arguments: String...) async throws -> ProcessOutcome {
    try await run(["make", "--no-print-directory"] + arguments)
  }

  /// Runs `words` in the project, under a umask that lets no one else read a thing.
  ///
  /// - Throws: ``HarnessError``, with what it said, when it fails.
  static func run(_ words: [String]) async throws -> ProcessOutcome {
    let outcome = try await ProcessRunner.run(
      "/bin/sh", ["-c", "umask 077 && exec \"$@\"", "sh"] + words,
      // A make that runs the tests would give its own flags to this one. To compress a package well takes minutes.
      environment: [
        "MAKEFLAGS": nil, "MAKELEVEL": nil, "MFLAGS": nil, "DPKG_DEB_COMPRESSOR_LEVEL": "1",
      ],
      workingDirectory: ProjectFiles.root, timeout: .seconds(1200))
    guard outcome.status == 0 else {
      throw HarnessError(
        "\(words.joined(separator: " ")): \(outcome.output)\(outcome.errorOutput)")
    }
    return outcome
  }

  /// Returns the output of `find` below `root`: a line of type, mode and path for each file.
  ///
  /// - Throws: as ``ProcessRunner`` does.
  static func listing(of root: FilePath) async throws -> [String] {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/find", [root.string, "-mindepth", "1", "-printf", "%y %m %P\\n"])
    return outcome.output.split(separator: "\n").map(String.init).sorted()
  }

  /// The `listing` of `files` with the directories above them, all readable by every user.
  static func expectedListing(of files: [String]) -> [String] {
    var lines: Set<String> = []
    for file in files {
      lines.insert("f \(file.contains("sbin/") ? 755 : 644) \(file)")
      var directory = FilePath(file).removingLastComponent()
      while !directory.isEmpty {
        lines.insert("d 755 \(directory)")
        directory.removeLastComponent()
      }
    }
    return lines.sorted()
  }

  /// The names of the files for monitoring systems.
  private static let monitoring =
    (try? FileManager.default.contentsOfDirectory(
      atPath: ProjectFiles.file("Packaging/monitoring").string)) ?? []

  /// Returns the files that are installed below `/` with `program`; zsh's completion is in `zsh`, and manuals
  /// may be compressed.
  static func files(of program: String, zsh: String, manual: String = "") -> [String] {
    let program = "usr/sbin/\(program)"
    guard program == "usr/sbin/smcontrol" else {
      return [program, "usr/share/man/man8/smcontrold.8\(manual)"]
    }
    let pages = [
      "man5/smcontrol-json.5", "man7/smcontrol-audit.7", "man7/smcontrol-check.7",
      "man7/smcontrol-queues.7", "man7/smcontrol-shell.7", "man8/smcontrol.8",
    ]
    return [program] + pages.map { "usr/share/man/\($0)\(manual)" }
      + [
        "usr/share/bash-completion/completions/smcontrol",
        "usr/share/fish/vendor_completions.d/smcontrol.fish", "usr/share/zsh/\(zsh)/_smcontrol",
      ]
      + Schema.all.map {
        let name = $0.name.dropFirst("smcontrol.".count).replacing("/", with: "-")
        return "usr/share/smcontrol/schemas/\(name).json"
      }
      + monitoring.map { "usr/share/smcontrol/monitoring/\($0)" }
  }
}

extension Trait where Self == ConditionTrait {
  /// For tests that need a release build: they run by `make test` and where `CI` is set.
  static var needsShippedBuild: Self {
    .enabled("needs a release build: make test runs it") { ShippedBuild.isWanted() }
  }
}
