// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("Addresses of sockets, and the users of a process")
struct UnixAddressTests {
  /// Binds a socket to `path`; returns the `errno`, 0 when it went well.
  private func bindSocket(to path: [UInt8]) -> CInt {
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    return unsafe UnixAddress.with(path) { unsafe bind(descriptor, $0, $1) } == 0 ? 0 : errno
  }

  @Test("A path of 107 bytes is bound as it is, and a longer one refused, never cut short")
  func length() async throws {
    try await withTemporaryDirectory { directory in
      let start = directory.path.bytes + Array("/".utf8)
      let rest = ControlLimits.longestSocketPath - start.count
      let longest = start + [UInt8](repeating: UInt8(ascii: "x"), count: rest)
      #expect(bindSocket(to: longest) == 0)
      #expect(bindSocket(to: longest + Array("y".utf8)) == ENAMETOOLONG)
      let names = try Directories.names(in: directory.path)
      #expect(names == [Array(longest.dropFirst(start.count))])
    }
  }

  @Test("Users and groups are those that /proc shows")
  func identity() throws {
    let lines = String(decoding: try Files.contents(of: "/proc/self/status"), as: UTF8.self)
      .split(separator: "\n")
    func numbers(_ name: String) -> [UInt32]? {
      lines.first { $0.hasPrefix(name) }?.dropFirst(name.count)
        .split { $0 == "\t" || $0 == " " }.compactMap { UInt32($0) }
    }
    let process = ProcessIdentity.current
    #expect(numbers("Uid:")?.prefix(2) == [process.realUser, process.effectiveUser])
    #expect(numbers("Gid:")?.prefix(2) == [process.realGroup, process.effectiveGroup])
    #expect(numbers("Groups:") == process.groups)
  }
}
