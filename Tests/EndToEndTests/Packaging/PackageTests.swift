// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The Debian package that `make deb` builds, looked at without installing it.
@Suite("make deb", .needsShippedBuild)
struct PackageTests {
  static let files =
    ShippedBuild.files(zsh: "vendor-completions") + ShippedBuild.manuals.map { $0 + ".gz" } + [
      "usr/share/doc/smcontrol/README.md", "usr/share/doc/smcontrol/changelog.gz",
      "usr/share/doc/smcontrol/copyright", "usr/share/lintian/overrides/smcontrol",
    ] + documents

  /// The documents in docs/, which README refers to.
  private static let documents =
    (FileManager.default.enumerator(atPath: ProjectFiles.file("docs").string)?
    .compactMap { $0 as? String } ?? [])
    .filter { $0.hasSuffix(".md") }.map { "usr/share/doc/smcontrol/docs/\($0)" }

  @Test("lintian finds no error")
  func lint() async throws {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/lintian", ["--fail-on", "error", ShippedPackage.built().string],
      environment: ["LC_ALL": "C.UTF-8"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errorOutput)")
  }

  @Test("Its version is the program's, and it depends on the libraries the programs need")
  func fields() async throws {
    #expect(try await field("Package") == "smcontrol")
    #expect(try await field("Version") == Version.text)
    #expect(try await field("Depends").contains(/(^|, )libc6 \(>= [0-9.]+\)/))
  }

  @Test("It holds the files that are installed and its papers, readable for everybody")
  func contents() async throws {
    try await withTemporaryDirectory { directory in
      let root = try await unpack(into: directory)
      let listing = try await ShippedBuild.listing(of: root)
        .filter { !$0.hasPrefix("d 755 DEBIAN") && !$0.hasPrefix("f 644 DEBIAN/") }
      let notices = listing.filter { $0.contains("/NOTICE-") }
      #expect(notices.contains("f 644 usr/share/doc/smcontrol/NOTICE-swift-nio"))
      #expect(notices.contains("f 644 usr/share/doc/smcontrol/NOTICE-ncurses"))
      let expected = ShippedBuild.expectedListing(of: Self.files)
      #expect(listing.filter { !notices.contains($0) } == expected)

      let sums = try await ProcessRunner.run(
        "/usr/bin/md5sum", ["--check", "--quiet", "DEBIAN/md5sums"], workingDirectory: root)
      #expect(sums.status == 0, "\(sums.output)\(sums.errorOutput)")
      let lines = try String(
        contentsOfFile: root.appending("DEBIAN/md5sums").string, encoding: .utf8
      )
      .split(separator: "\n")
      #expect(lines.count == Self.files.count + notices.count)
    }
  }

  @Test("Its programs are stripped", arguments: ["smcontrol", "smcontrold"])
  func stripped(program: String) async throws {
    try await withTemporaryDirectory { directory in
      let root = try await unpack(into: directory)
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
      let first = try await ShippedPackage.built()
      let again = try await ShippedPackage.build(in: directory["a folder"])
      #expect(
        FileManager.default.contentsEqual(atPath: first.string, andPath: again.string))
    }
  }

  private func field(_ name: String) async throws -> String {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/dpkg-deb", ["--field", ShippedPackage.built().string, name])
    return outcome.output.trimmingCharacters(in: .newlines)
  }

  private func unpack(into directory: TemporaryDirectory) async throws -> FilePath {
    let root = directory["unpacked"]
    let outcome = try await ProcessRunner.run(
      "/usr/bin/dpkg-deb", ["--raw-extract", ShippedPackage.built().string, root.string])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    return root
  }
}
