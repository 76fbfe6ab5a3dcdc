// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Synchronization
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

  @Test("For others, too, it has the mode that is asked for, whatever the umask")
  func permissions() async throws {
    try await withTemporaryDirectory { directory in
      let all: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
      let file = try AtomicFile(at: directory["metrics"], permissions: all)
      try file.write(Array("x".utf8)[...])
      try file.commit(syncs: false)
      #expect(try Stat(directory["metrics"]).permissions == all)
      #expect(try names(in: directory) == ["metrics"])
    }
  }

  @Test("Readers never see a part of it during 10,000 rewrites")
  func rewrites() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory["metrics"]
      let lines = Array(repeating: "a line of the file", count: 400).joined(separator: "\n") + "\n"
      try write(lines, to: path)
      let reads = Reads()
      async let reading: Void = blocking { try reads.read(path.string, expecting: lines) }
      try await eventually("the first read") { reads.count.load(ordering: .relaxed) > 0 }
      for _ in 0..<10_000 {
        let file = try AtomicFile(at: path)
        // In two parts, so that there is a moment with one.
        try file.write(Array(lines.utf8.prefix(3000))[...])
        try file.write(Array(lines.utf8.dropFirst(3000))[...])
        try file.commit(syncs: false)
      }
      reads.isOver.store(true, ordering: .relaxed)
      try await reading
      #expect(reads.count.load(ordering: .relaxed) > 10)
    }
  }

  /// The reads of a file that is rewritten meanwhile.
  private final class Reads: Sendable {
    let count = Atomic<Int>(0)
    let isOver = Atomic<Bool>(false)

    /// Reads the file again and again until it is over.
    ///
    /// - Throws: ``HarnessError`` when it has other contents.
    func read(_ path: String, expecting contents: String) throws {
      while !isOver.load(ordering: .relaxed) {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard text == contents else {
          throw HarnessError("a partial file of \(text.utf8.count) bytes")
        }
        count.add(1, ordering: .relaxed)
      }
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

  @Test("A name may have 255 bytes, of any characters", arguments: ["a", "é"])
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
