// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("The entries of directories")
struct DirectoriesTests {
  @Test("All names are listed byte for byte, except . and ..")
  func names() async throws {
    try await withTemporaryDirectory { directory in
      let odd: [UInt8] = [0xFF, 0x0A, 0x80]
      let names = ["a", "...", ".hidden"].map { Array($0.utf8) } + [odd]
      for name in names {
        let path = directory.path.bytes + Array("/".utf8) + name
        try FileDescriptor.open(
          FilePath(bytes: path), .writeOnly, options: .create, permissions: .ownerReadWrite
        ).close()
      }
      #expect(try Set(Directories.names(in: directory.path)) == Set(names))
      #expect(throws: Errno.noSuchFileOrDirectory) {
        try Directories.names(in: directory["none"])
      }
      #expect(throws: Errno.notDirectory) { try Directories.names(in: directory["a"]) }
    }
  }

  @Test("An open directory is walked from its beginning each time")
  func walks() async throws {
    try await withTemporaryDirectory { directory in
      for number in 0..<10 { try directory.write("", to: "file\(number)") }
      try directory.makeDirectory("inner")
      let opened = try OpenDirectory(directory.path)
      for _ in 0..<2 {
        var files = 0
        var directories = 0
        unsafe try opened.forEachEntry { entry in
          if unsafe try opened.facts(of: entry.name).isRegular { files += 1 }
          if unsafe opened.hasDirectory(String(cString: entry.name)) { directories += 1 }
        }
        #expect(files == 10)
        #expect(directories == 1)
      }
    }
  }
}
