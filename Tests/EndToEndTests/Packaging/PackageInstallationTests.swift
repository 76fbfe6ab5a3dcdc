// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The packages on this machine: installed, used, and taken away again.
@Suite("The packages, installed")
struct PackageInstallationTests {
  @Test(
    "It works where it is installed, and leaves nothing",
    .enabled("may it change this machine?") { ShippedPackage.mayBeInstalled() })
  func install() async throws {
    let state = try await ShippedPackage.state()
    let isThere = FileManager.default.fileExists(atPath: "/usr/sbin/smcontrol")
    guard state == nil, !isThere else {
      throw HarnessError(
        "smcontrol is on this machine already (\(state ?? "not by dpkg")), and is not to be"
          + " replaced by a test: remove it, or do not set SMCONTROL_INSTALL_TESTS")
    }
    var packages: [String] = []
    for name in ShippedPackage.names { packages.append(try await ShippedPackage.deb(name).string) }
    var files: [FilePath] = []
    do {
      // Some machines are configured to leave manuals out.
      try await ShippedPackage.dpkg("--path-include=/usr/*", "--install", packages[0], packages[1])
      files = try await installedFiles()
      try await use()
      try await ShippedPackage.dpkg("--remove", "smcontrol", "smcontrold")
    } catch {
      try await ShippedPackage.dpkg("--purge", "smcontrol", "smcontrold")
      throw error
    }
    try await ShippedPackage.dpkg("--purge", "smcontrol", "smcontrold")
    #expect(files.count > 10)
    let left = files.filter { FileManager.default.fileExists(atPath: $0.string) }
    #expect(left == [])
    #expect(try await ShippedPackage.state() == nil)
  }

  private func use() async throws {
    let program: FilePath = "/usr/sbin/smcontrol"
    let version = try await ProcessRunner.run(program, ["--version"])
    #expect(version.output == "smcontrol \(Version.text)\n")
    try await ScratchDaemon.run { scratch in
      let status = try await ProcessRunner.run(
        program, ["-f", scratch.socket.string, "status"], environment: SMControlRun.cleanEnvironment
      )
      #expect(status.status == 0, "\(status.errorOutput)")
      #expect(status.output.contains("Accepting connections"))
    }
    for name in ["smcontrol", "smcontrold"] {
      let manual = try await ProcessRunner.run(
        "/usr/bin/mandoc", ["-T", "ascii", "/usr/share/man/man8/\(name).8.gz"])
      #expect(manual.output.contains("\(name.uppercased())(8)"), "\(manual.errorOutput)")
    }
    // Each shell finds the completion by itself.
    let bash = "/usr/share/bash-completion/completions/smcontrol"
    #expect(FileManager.default.isReadableFile(atPath: bash))
    let zsh = try await ProcessRunner.run(
      "/usr/bin/zsh",
      ["-f", "-c", "autoload -U compinit && compinit -u -D && print -r -- $_comps[smcontrol]"])
    #expect(zsh.output == "_smcontrol\n", "\(zsh.errorOutput)")
    try await withTemporaryDirectory { home in
      // Without its configuration fish searches no directory.
      let fish = try await ProcessRunner.run(
        "/usr/bin/fish", ["-c", "complete -C 'smcontrol me'"],
        environment: [
          "HOME": home.path.string, "XDG_CONFIG_HOME": nil, "XDG_DATA_HOME": nil,
          "XDG_DATA_DIRS": nil,
        ])
      #expect(fish.output.hasPrefix("memdump"), "\(fish.output)\(fish.errorOutput)")
    }
  }

  /// The files of the installed package, and the one directory that is its own.
  private func installedFiles() async throws -> [FilePath] {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/dpkg-query", ["--listfiles", "smcontrol", "smcontrold"])
    let paths = outcome.output.split(separator: "\n").map(String.init)
    // A directory is followed by what is in it.
    let directories = Set(paths.map { FilePath($0).removingLastComponent().string })
    return paths.filter { !directories.contains($0) && $0 != "/." }.map { FilePath($0) }
      + ["/usr/share/doc/smcontrol", "/usr/share/doc/smcontrold"]
  }
}
