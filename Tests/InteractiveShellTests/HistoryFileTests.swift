// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@testable import InteractiveShell

@Suite("The file that keeps the history")
struct HistoryFileTests {
  static func mode(_ path: FilePath) throws -> UInt32 {
    UInt32(try Stat(path, followTargetSymlink: false).permissions.rawValue)
  }

  @Test("It is made with its directories, for its owner alone, and lines come in their order")
  func making() async throws {
    try await withTemporaryDirectory { directory in
      let file = HistoryFile(path: directory["state/smcontrol/history"])
      #expect(try file.read() == [])
      for line in ["status", "mstat", "help"] { try file.append(line) }
      #expect(try file.read() == ["status", "mstat", "help"])
      #expect(try Self.mode(file.path) == 0o600)
      #expect(try Self.mode(directory["state"]) == 0o700)
      #expect(try Self.mode(directory["state/smcontrol"]) == 0o700)
    }
  }

  @Test("A line that is typed again takes the place of the earlier one")
  func duplicates() async throws {
    try await withTemporaryDirectory { directory in
      let file = HistoryFile(path: directory["history"])
      for line in ["a", "b", "a", "c", "b"] { try file.append(line) }
      #expect(try file.read() == ["a", "c", "b"])
      #expect(try Self.mode(file.path) == 0o600)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: directory.path.string) == ["history"])
    }
  }

  @Test("It holds a thousand lines")
  func limit() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write((1...1500).map { "line \($0)\n" }.joined(), to: "history")
      let file = HistoryFile(path: directory["history"])
      try file.append("last")
      let lines = try file.read()
      #expect(lines.count == HistoryFile.lineLimit)
      #expect(lines.first == "line 502")
      #expect(lines.last == "last")
      let text = try String(contentsOfFile: file.path.string, encoding: .utf8)
      #expect(text.split(separator: "\n").count == HistoryFile.lineLimit)
    }
  }

  @Test("Writers at once lose nothing of each other's")
  func writersAtOnce() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory["history"]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<8 {
          group.addTask {
            try await blocking {
              let file = HistoryFile(path: path, lockTimeout: .seconds(60))
              // The same line again and again, so that the file is replaced under the others' hands.
              for number in 0..<25 {
                try file.append("\(writer) \(number)")
                try file.append("again \(writer)")
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let expected = (0..<8).flatMap { writer in
        (0..<25).map { "\(writer) \($0)" } + ["again \(writer)"]
      }
      #expect(Set(try HistoryFile(path: path).read()) == Set(expected))
      #expect(try HistoryFile(path: path).read().count == expected.count)
    }
  }

  @Test("A lock of another program is waited for no longer than a moment")
  func locked() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("status\n", to: "history")
      let file = HistoryFile(path: directory["history"])
      let other = try FileDescriptor.open(file.path, .readOnly)
      #expect(flock(other.rawValue, LOCK_EX) == 0)
      let error = #expect(throws: FileError.self) { try file.append("mstat") }
      #expect(error?.reason == "is locked by another process")
      #expect(try file.read() == ["status"])
      try other.close()
      try file.append("mstat")
      #expect(try file.read() == ["status", "mstat"])
    }
  }

  @Test("A last line without an end is one of its own")
  func withoutEnd() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("status", to: "history")
      let file = HistoryFile(path: directory["history"])
      try file.append("mstat")
      #expect(try file.read() == ["status", "mstat"])
    }
  }

  @Test("Of a file that is too long the end is kept")
  func long() async throws {
    try await withTemporaryDirectory { directory in
      let line = String(repeating: "x", count: 1 << 20)
      try directory.write((0..<6).map { "\($0)\(line)\n" }.joined() + "status\n", to: "history")
      let file = HistoryFile(path: directory["history"])
      #expect(try file.read().map { $0.prefix(1) } == ["3", "4", "5", "s"])
      try file.append("mstat")
      #expect(try file.read().suffix(2) == ["status", "mstat"])
      #expect(try Stat(file.path).size < 4 << 20)
    }
  }

  @Test("A hard link is not written to, and its mode stays")
  func hardLink() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("secret\n", to: "target")
      try FileManager.default.linkItem(
        atPath: directory["target"].string, toPath: directory["history"].string)
      let file = HistoryFile(path: directory["history"])
      let mode = try Self.mode(directory["target"])
      #expect(throws: FileError.self) { try file.read() }
      let error = #expect(throws: FileError.self) { try file.append("status") }
      #expect(error?.reason.contains("hard links") == true)
      #expect(try Self.mode(directory["target"]) == mode)
      #expect(try String(contentsOfFile: directory["target"].string, encoding: .utf8) == "secret\n")
    }
  }

  @Test("A symbolic link is not followed, for reading or writing")
  func link() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("secret\n", to: "target")
      try FileManager.default.createSymbolicLink(
        atPath: directory["history"].string, withDestinationPath: directory["target"].string)
      let file = HistoryFile(path: directory["history"])
      #expect(throws: FileError.self) { try file.read() }
      #expect(throws: FileError.self) { try file.append("status") }
      #expect(try String(contentsOfFile: directory["target"].string, encoding: .utf8) == "secret\n")
    }
  }

  @Test("A file that is not regular is refused, without a wait")
  func fifo() async throws {
    try await withTemporaryDirectory { directory in
      let path = directory["history"]
      #expect(unsafe mkfifo(path.string, 0o600) == 0)
      let error = #expect(throws: FileError.self) { try HistoryFile(path: path).append("x") }
      #expect(error?.reason == "is not a regular file")
      try directory.makeDirectory("directory")
      #expect(throws: FileError.self) { try HistoryFile(path: directory["directory"]).read() }
    }
  }

  @Test("A file that others could read is closed to them")
  func closing() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("status\n", to: "history")
      let file = HistoryFile(path: directory["history"])
      #expect(try Self.mode(file.path) != 0o600)
      #expect(try file.read() == ["status"])
      #expect(try Self.mode(file.path) == 0o600)
    }
  }

  @Test("An error about output names the destination and the reason")
  func failure() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("", to: "file")
      let error = #expect(throws: FileError.self) {
        try HistoryFile(path: directory["file/history"]).append("x")
      }
      #expect(error?.path == directory["file/history"])
      #expect(error?.errno == .notDirectory)
    }
  }
}
