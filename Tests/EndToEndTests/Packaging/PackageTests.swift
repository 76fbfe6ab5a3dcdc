// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The Debian packages that `make deb` builds, examined without being installed.
@Suite("make deb", .needsShippedBuild)
struct PackageTests {
  static func files(of package: String) -> [String] {
    let place = "usr/share/doc/\(package)"
    return ShippedBuild.files(of: package, zsh: "vendor-completions", manual: ".gz")
      + ["README.md", "changelog.gz", "copyright"].map { "\(place)/\($0)" }
      + (package == "smcontrol"
        ? documents.map { "\(place)/\($0)" } + ["usr/share/lintian/overrides/smcontrol"] : [])
  }

  /// The documents in docs/, which README refers to.
  private static let documents =
    (FileManager.default.enumerator(atPath: ProjectFiles.file("docs").string)?
    .compactMap { $0 as? String } ?? [])
    .filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }

  @Test("lintian finds no error", arguments: ShippedPackage.names)
  func lint(package: String) async throws {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/lintian", ["--fail-on", "error", ShippedPackage.deb(package).string],
      environment: ["LC_ALL": "C.UTF-8"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
  }

  @Test("The version is the program's, and only smcontrold depends on libraries")
  func fields() async throws {
    for package in ShippedPackage.names {
      #expect(try await field("Package", of: package) == package)
      #expect(try await field("Version", of: package) == Version.text)
    }
    #expect(try await field("Depends", of: "smcontrol") == "")
    #expect(
      try await field("Depends", of: "smcontrold").contains(/(^|, )libc6 \(>= [0-9.]+\)/))
  }

  @Test(
    "It has the files that are installed and its documents, readable by every user",
    arguments: ShippedPackage.names)
  func contents(package: String) async throws {
    try await withTemporaryDirectory { directory in
      let root = try await unpack(package, into: directory)
      let listing = try await ShippedBuild.listing(of: root)
        .filter { !$0.hasPrefix("d 755 DEBIAN") && !$0.hasPrefix("f 644 DEBIAN/") }
      let notices = listing.filter { $0.contains("/NOTICE-") }
      #expect(notices.contains("f 644 usr/share/doc/\(package)/NOTICE-swift-nio"))
      #expect(
        notices.contains("f 644 usr/share/doc/\(package)/NOTICE-ncurses")
          == (package == "smcontrol"))
      let expected = ShippedBuild.expectedListing(of: Self.files(of: package))
      #expect(listing.filter { !notices.contains($0) } == expected)

      let sums = try await ProcessRunner.run(
        "/usr/bin/md5sum", ["--check", "--quiet", "DEBIAN/md5sums"], workingDirectory: root)
      #expect(sums.status == 0, "\(sums.output)\(sums.errorOutput)")
      let lines = try String(
        contentsOfFile: root.appending("DEBIAN/md5sums").string, encoding: .utf8
      )
      .split(separator: "\n")
      #expect(lines.count == Self.files(of: package).count + notices.count)
    }
  }

  @Test("Its program is stripped", arguments: ShippedPackage.names)
  func stripped(program: String) async throws {
    try await withTemporaryDirectory { directory in
      let root = try await unpack(program, into: directory)
      let outcome = try await ProcessRunner.run(
        "/usr/bin/readelf",
        ["--wide", "--section-headers", root.appending("usr/sbin/\(program)").string])
      #expect(outcome.output.contains(" .text "))
      #expect(!outcome.output.contains(" .symtab "))
      #expect(!outcome.output.contains(" .debug_"))
    }
  }

  @Test("Built again it is the same, byte for byte")
  func reproducible() async throws {
    try await withTemporaryDirectory { directory in
      let first = try await ShippedPackage.deb("smcontrold")
      let again = try await ShippedPackage.build("deb", "smcontrold", in: directory["a folder"])
      #expect(
        FileManager.default.contentsEqual(atPath: first.string, andPath: again.string))
    }
  }

  private func field(_ name: String, of package: String) async throws -> String {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/dpkg-deb", ["--field", ShippedPackage.deb(package).string, name])
    return outcome.output.trimmingCharacters(in: .newlines)
  }

  private func unpack(_ package: String, into directory: TemporaryDirectory) async throws
    -> FilePath
  {
    let root = directory["unpacked"]
    let outcome = try await ProcessRunner.run(
      "/usr/bin/dpkg-deb", ["--raw-extract", ShippedPackage.deb(package).string, root.string])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    return root
  }
}
