// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// `make install` and `make uninstall`.
@Suite("make install", .needsShippedBuild)
struct InstallTests {
  static let files = ["smcontrol", "smcontrold"].flatMap {
    ShippedBuild.files(of: $0, zsh: "site-functions")
  }

  @Test("It puts every file in its place, readable by every user, and nothing else")
  func install() async throws {
    try await withTemporaryDirectory { directory in
      let root = directory["the root"]
      try await ShippedBuild.make("install", "DESTDIR=\(root)", "PREFIX=/usr")
      let listing = try await ShippedBuild.listing(of: root)
      #expect(listing == ShippedBuild.expectedListing(of: Self.files))
      let version = try await ProcessRunner.run(root.appending("usr/sbin/smcontrol"), ["--version"])
      #expect(version.output == "smcontrol \(Version.text)\n")
      let help = try await ProcessRunner.run(root.appending("usr/sbin/smcontrold"), ["--help"])
      #expect(help.status == 0)
    }
  }

  @Test("It takes the place of an old version, and uninstall leaves what is not its own")
  func replaceAndRemove() async throws {
    try await withTemporaryDirectory { directory in
      let root = directory["the root"]
      let foreign = ["usr/sbin/sendmail", "usr/share/man/man8/smcontrol-local.8"]
      for file in Self.files + foreign {
        let place = FilePath("the root/\(file)")
        try directory.makeDirectory(place.removingLastComponent().string)
        try directory.write("old\n".utf8, to: place.string, permissions: .ownerRead)
      }
      // As it is while the old version runs, which must not be written into.
      let old = directory["the old version"]
      try await link(root.appending("usr/sbin/smcontrold"), to: old)

      try await ShippedBuild.make("install", "DESTDIR=\(root)", "PREFIX=/usr")
      #expect(try await sum(old) == sum(root.appending(foreign[0])))
      let man = "share/man/man8/smcontrol.8"
      #expect(
        try await sum(root.appending("usr/\(man)"))
          == sum(ProjectFiles.file("man/smcontrol.8")))
      let listing = try await ShippedBuild.listing(of: root)
      let expected = ShippedBuild.expectedListing(of: Self.files)
      #expect(Set(expected).subtracting(listing) == [])

      try await ShippedBuild.make("uninstall", "DESTDIR=\(root)", "PREFIX=/usr")
      let left = try await ShippedBuild.listing(of: root).filter { $0.hasPrefix("f ") }
      #expect(left == foreign.map { "f 400 \($0)" })
    }
  }

  @Test("It needs no compiler when the programs are built")
  func withoutCompiler() async throws {
    // make test has built them.
    try await withTemporaryDirectory { directory in
      let root = directory["root"]
      try await ShippedBuild.make("install", "DESTDIR=\(root)", "SWIFT=/nonexistent/swift")
      #expect(FileManager.default.fileExists(atPath: "\(root)/usr/local/sbin/smcontrold"))
    }
  }

  @Test("uninstall says what it did not find, and leaves no empty directory")
  func uninstall() async throws {
    try await withTemporaryDirectory { directory in
      let root = directory["root"]
      try await ShippedBuild.make("install", "PREFIX=\(root)", "PROGRAMS=smcontrol")
      // Another PREFIX than that of the install.
      await #expect(throws: HarnessError.self) {
        try await ShippedBuild.make("uninstall", "PREFIX=\(directory["other"])")
      }
      let outcome = try await ShippedBuild.make("uninstall", "PREFIX=\(root)")
      #expect(outcome.errorOutput.contains("not there: \(root)/sbin/smcontrold\n"))
      #expect(try await ShippedBuild.listing(of: root) == [])
    }
  }

  private func link(_ file: FilePath, to name: FilePath) async throws {
    let outcome = try await ProcessRunner.run("/bin/ln", [file.string, name.string])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
  }

  private func sum(_ file: FilePath) async throws -> Substring? {
    let outcome = try await ProcessRunner.run("/usr/bin/cksum", [file.string])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    return outcome.output.split(separator: "/").first
  }
}
