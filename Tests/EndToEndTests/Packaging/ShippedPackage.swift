// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// The Debian package under test, and the machine's package manager.
enum ShippedPackage {
  /// The package that `make deb` builds, built once.
  ///
  /// - Throws: ``HarnessError`` when it cannot be built.
  static func built() async throws -> FilePath { try await building.value }

  private static let building = Task { path(in: try await ShippedBuild.make("deb")) }

  /// Builds the package once more, in `directory`.
  ///
  /// - Throws: ``HarnessError`` when it cannot be built.
  static func build(in directory: FilePath) async throws -> FilePath {
    let script = ProjectFiles.file("Scripts/build-deb")
    return path(in: try await ShippedBuild.run([script.string, directory.string]))
  }

  /// The path is the last thing that is said.
  private static func path(in outcome: ProcessOutcome) -> FilePath {
    FilePath(String(outcome.output.split(separator: "\n").last ?? ""))
  }

  /// Returns whether a test may install the package on this machine.
  static func mayBeInstalled() -> Bool {
    guard ShippedBuild.isWanted() else { return false }
    if WantedTests.isEverything { return true }
    if WantedTests.isSet("SMCONTROL_INSTALL_TESTS") && SystemUser.isRoot { return true }
    SkipNotice.print(
      "The package is not installed to test it: that changes this machine."
        + " To have it done, as root: make test SMCONTROL_INSTALL_TESTS=1")
    return false
  }

  /// Runs dpkg as root, by `sudo` where the tests are not.
  ///
  /// - Throws: ``HarnessError``, with what it said, when it fails.
  static func dpkg(_ arguments: String...) async throws {
    let words = (SystemUser.isRoot ? [] : ["sudo", "-n"]) + ["dpkg"] + arguments
    let outcome = try await ProcessRunner.run("/usr/bin/env", words, environment: ["LC_ALL": "C"])
    guard outcome.status == 0 else {
      throw HarnessError(
        "\(words.joined(separator: " ")): \(outcome.output)\(outcome.errorOutput)")
    }
  }

  /// Returns dpkg's state of a package smcontrol on this machine: `installed`, `config-files` and the
  /// like, or `nil`.
  static func state() async throws -> String? {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/dpkg-query", ["--show", "--showformat", "${db:Status-Status}", "smcontrol"])
    return outcome.status == 0 && outcome.output != "not-installed" ? outcome.output : nil
  }
}
