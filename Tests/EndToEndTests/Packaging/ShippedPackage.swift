// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// The packages under test, and the machine's package manager.
enum ShippedPackage {
  /// The names of the packages.
  static let names = ["smcontrol", "smcontrold"]

  /// The Debian package `name` that `make deb` builds, built once.
  ///
  /// - Throws: ``HarnessError`` when it cannot be built.
  static func deb(_ name: String) async throws -> FilePath {
    path(of: name, in: try await building.value)
  }

  private static let building = Task { try await ShippedBuild.make("deb") }

  /// The RPM package `name` that `make rpm` builds, built once.
  ///
  /// - Throws: ``HarnessError`` when it cannot be built.
  static func rpm(_ name: String) async throws -> FilePath {
    path(of: name, in: try await buildingRPM.value)
  }

  private static let buildingRPM = Task { try await ShippedBuild.make("rpm") }

  /// Builds the packages of a kind once more, in `directory`, and returns the path of one.
  ///
  /// - Throws: ``HarnessError`` when they cannot be built.
  static func build(_ kind: String, _ name: String, in directory: FilePath) async throws -> FilePath
  {
    let script = ProjectFiles.file("Scripts/build-packages")
    return path(
      of: name, in: try await ShippedBuild.run([script.string, kind, directory.string]))
  }

  /// The paths are the last lines that are printed, in the order of ``names``.
  private static func path(of name: String, in outcome: ProcessOutcome) -> FilePath {
    let paths = outcome.output.split(separator: "\n").suffix(names.count).map(String.init)
    return FilePath(names.firstIndex(of: name).map { paths[$0] } ?? "")
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
