// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("A file that appears complete or not at all")
struct AtomicFileTests {
  private func write(_ text: String, to path: FilePath, commit: Bool = true) throws {
    let file = try AtomicFile(at: path)
    try file.write(Array(text.utf8)[...])
    if commit { try file.commit() }
  }

  private func names(in directory: TemporaryDirectory) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path.string)
  }

  @Test("It is its owner's alone, whatever stood there before")
  func mode() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("old", to: "dump")
      try write("new", to: directory["dump"])
      #expect(try Stat(directory["dump"]).permissions == .ownerReadWrite)
      #expect(FileManager.default.contents(atPath: directory["dump"].string) == Data("new".utf8))
      #expect(try names(in: directory) == ["dump"])
    }
  }

  @Test("Not finished, it leaves nothing, and what stood there stays")
  func abandoned() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("old", to: "dump")
      try write("half", to: directory["dump"], commit: false)
      #expect(FileManager.default.contents(atPath: directory["dump"].string) == Data("old".utf8))
      #expect(try names(in: directory) == ["dump"])
    }
  }

  @Test("Links, directories and devices are refused")
  func refused() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("precious", to: "target")
      try FileManager.default.createSymbolicLink(
        atPath: directory["link"].string, withDestinationPath: directory["target"].string)
      try FileManager.default.createSymbolicLink(
        atPath: directory["dangling"].string, withDestinationPath: directory["nothing"].string)
      try directory.makeDirectory("directory")
      for path in [directory["link"], directory["dangling"], directory["directory"], "/dev/null"] {
        let error = #expect(throws: FileError.self) { try write("x", to: path) }
        #expect(error?.path == path)
        #expect(error?.errno == nil)
      }
      #expect(
        FileManager.default.contents(atPath: directory["target"].string) == Data("precious".utf8))
      #expect(try names(in: directory).sorted() == ["dangling", "directory", "link", "target"])
    }
  }

  @Test("A name of 255 bytes can be had, whatever its characters", arguments: ["a", "é"])
  func longName(character: String) async throws {
    try await withTemporaryDirectory { directory in
      var name = String(repeating: character, count: 255 / character.utf8.count)
      name += String(repeating: "x", count: 255 - name.utf8.count)
      try write("text", to: directory[name])
      #expect(try names(in: directory) == [name])
    }
  }

  @Test("A process that is killed while it writes leaves no draft")
  func noDraft() async throws {
    try await withTemporaryDirectory { directory in
      let file = try AtomicFile(at: directory["dump"])
      try file.write(Array("half".utf8)[...])
      // Nothing has a name, so nothing can be left.
      #expect(try names(in: directory) == [])
      try file.commit()
      #expect(try names(in: directory) == ["dump"])
    }
  }

  @Test("A directory that is not there is named")
  func missingDirectory() async throws {
    try await withTemporaryDirectory { directory in
      let error = #expect(throws: FileError.self) {
        try write("x", to: directory["none/dump"])
      }
      #expect(error?.errno == .noSuchFileOrDirectory)
      #expect(error?.call == "open")
    }
  }
}
