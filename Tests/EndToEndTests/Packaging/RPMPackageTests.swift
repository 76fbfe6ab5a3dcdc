// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The RPM packages that `make rpm` builds.
@Suite("make rpm", .needsShippedBuild)
struct RPMPackageTests {
  @Test("rpmlint finds nothing that is not meant so")
  func lint() async throws {
    let packages = [
      try await ShippedPackage.rpm("smcontrol"), try await ShippedPackage.rpm("smcontrold"),
    ]
    let outcome = try await ProcessRunner.run(
      "/usr/bin/rpmlint",
      ["-c", ProjectFiles.file("Packaging/rpmlint.toml").string] + packages.map(\.string),
      environment: ["LC_ALL": "C.UTF-8"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
    #expect(outcome.output.contains(" 0 errors, 0 warnings"), "\(outcome.output)")
  }

  @Test("Only smcontrold needs libraries")
  func dependencies() async throws {
    for package in ShippedPackage.names {
      let needs = try await rpm("-qp", "--requires", ShippedPackage.rpm(package).string)
        .split(separator: "\n").filter { !$0.hasPrefix("rpmlib(") }
      #expect(needs.isEmpty == (package == "smcontrol"), "\(needs)")
      let version = try await rpm(
        "-qp", "--queryformat", "%{VERSION}", ShippedPackage.rpm(package).string)
      #expect(version == Version.text)
    }
  }

  @Test("In a root of its own the client is installed without anything else, and is removed")
  func installation() async throws {
    guard SystemUser.isRoot else {
      SkipNotice.print("Only root can install an RPM package, in a root of its own.")
      return
    }
    try await withTemporaryDirectory { directory in
      let root = try directory.makeDirectory("root").string
      let package = try await ShippedPackage.rpm("smcontrol").string
      _ = try await rpm("--root", root, "--initdb")
      _ = try await rpm("--root", root, "-i", package)
      let files = try await rpm("--root", root, "-ql", "smcontrol").split(separator: "\n")
      for file in ShippedBuild.files(of: "smcontrol", zsh: "site-functions", manual: ".gz") {
        #expect(files.contains("/\(file)"))
        #expect(FileManager.default.fileExists(atPath: "\(root)/\(file)"))
      }
      #expect(try await rpm("--root", root, "-V", "smcontrol") == "")
      let version = try await ProcessRunner.run(
        FilePath("\(root)/usr/sbin/smcontrol"), ["--version"])
      #expect(version.output == "smcontrol \(Version.text)\n")
      _ = try await rpm("--root", root, "-e", "smcontrol")
      let left = try await ShippedBuild.listing(of: FilePath("\(root)/usr"))
      #expect(left.filter { $0.hasPrefix("f ") || $0.contains("smcontrol") } == [])
    }
  }

  private func rpm(_ arguments: String...) async throws -> String {
    let outcome = try await ProcessRunner.run("/usr/bin/rpm", arguments)
    guard outcome.status == 0 else { throw HarnessError("rpm: \(outcome.errorOutput)") }
    return outcome.output
  }
}
