// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("Files by their paths")
struct FilesTests {
  private static func kind(_ lookup: PathLookup) -> FileFacts.Kind? {
    if case .found(let facts) = lookup { facts.kind } else { nil }
  }

  @Test("Each kind of file is found, and a link at the end is followed only on request")
  func kinds() async throws {
    try await withTemporaryDirectory { directory in
      try directory.write("text", to: "file")
      try directory.makeDirectory("directory")
      #expect(unsafe mkfifo(directory["fifo"].string, 0o600) == 0)
      #expect(unsafe symlink("file", directory["link"].string) == 0)
      for (name, kind) in [
        ("file", FileFacts.Kind.regular), ("directory", .directory), ("fifo", .fifo),
        ("link", .symbolicLink(target: Array("file".utf8))),
      ] {
        #expect(Self.kind(Files.lookup(directory[name].bytes)) == kind)
      }
      #expect(Self.kind(Files.lookup(Array("/dev/null".utf8))) == .device)
      #expect(Self.kind(Files.lookup(directory["link"].bytes, followsLinks: true)) == .regular)
    }
  }

  @Test("Owner, group, mode and links are the file's own")
  func facts() async throws {
    try await withTemporaryDirectory { directory in
      let path = try directory.write("text", to: "file")
      #expect(unsafe chmod(path.string, 0o4751) == 0)
      #expect(unsafe link(path.string, directory["second"].string) == 0)
      let facts = FileFacts(
        kind: .regular, mode: 0o4751, owner: geteuid(), group: getegid(), linkCount: 2)
      #expect(Files.lookup(path.bytes) == .found(facts))
    }
  }

  @Test("A failure is the rule that it breaks, and the path is taken as it is")
  func failures() async throws {
    try await withTemporaryDirectory { directory in
      let file = try directory.write("text", to: "file").bytes
      #expect(unsafe symlink("loop", directory["loop"].string) == 0)
      #expect(unsafe symlink("file", directory["link"].string) == 0)
      let slash = Array("/".utf8)
      for (path, rule) in [
        (directory["none"].bytes, PathRule.missing), ([], .missing),
        (file + slash, .notADirectory), (file + Array("/x".utf8), .notADirectory),
        (directory["loop"].bytes + slash, .tooManyLinks),
        (directory["link"].bytes + slash, .notADirectory),
        (Array(repeating: UInt8(ascii: "x"), count: 300), .nameTooLong),
      ] {
        #expect(Files.lookup(path) == .failed(rule))
      }
      #expect(Files.lookup(directory["loop"].bytes, followsLinks: true) == .failed(.tooManyLinks))
    }
  }

  @Test("The text of a link need not be UTF-8, and what is no link has none")
  func linkTarget() async throws {
    try await withTemporaryDirectory { directory in
      let target: [UInt8] = [0xFF, 0x20, 0x80]
      #expect(unsafe symlink(target.cString, directory["link"].string) == 0)
      #expect(try Files.linkTarget(of: directory["link"]) == target)
      let file = try directory.write("", to: "file")
      #expect(throws: Errno.invalidArgument) { try Files.linkTarget(of: file) }
      #expect(throws: Errno.noSuchFileOrDirectory) {
        try Files.linkTarget(of: directory["none"])
      }
    }
  }

  @Test("A file is read to its end, whatever size it claims, up to a limit")
  func contents() async throws {
    try await withTemporaryDirectory { directory in
      let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let path = try directory.write(bytes, to: "file")
      #expect(try Files.contents(of: path) == bytes)
      #expect(try Files.contents(of: directory.write("", to: "empty")) == [])
      #expect(try !Files.contents(of: "/proc/self/status").isEmpty)
      #expect(throws: Errno.noSuchFileOrDirectory) { try Files.contents(of: directory["none"]) }
      #expect(throws: Errno.isDirectory) { try Files.contents(of: directory.path) }
      for (limit, fits) in [(bytes.count, true), (bytes.count - 1, false), (0, false)] {
        let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        defer { try? descriptor.close() }
        if fits {
          #expect(try descriptor.contents(atMost: limit) == bytes)
        } else {
          #expect(throws: Errno.fileTooLarge) { try descriptor.contents(atMost: limit) }
        }
      }
    }
  }

  @Test("A link is removed itself, and a name that ends in a slash removes no file")
  func removal() async throws {
    try await withTemporaryDirectory { directory in
      let file = try directory.write("text", to: "file").bytes
      #expect(unsafe symlink("file", directory["link"].string) == 0)
      try Files.remove(directory["link"].bytes)
      #expect(throws: Errno.notDirectory) { try Files.remove(file + Array("/".utf8)) }
      #expect(Self.kind(Files.lookup(file)) == .regular)
      try Files.remove(file)
      #expect(throws: Errno.noSuchFileOrDirectory) { try Files.remove(file) }
    }
  }

  @Test("Paths keep their bytes, up to a NUL")
  func bytes() {
    let name: [UInt8] = [0x2F, 0xFF, 0x80, 0x61]
    #expect(FilePath(bytes: name).bytes == name)
    #expect(FilePath(bytes: name + [0, 0x62]).bytes == name)
    #expect([UInt8]().cString == [0])
    #expect(name.cString.bytesOfCString == name)
  }
}
