// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControl
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@testable import SendmailControlClient

@Suite("The kernel's list of sockets")
struct ListeningSocketsTests {
  private static let table = """
    Num       RefCount Protocol Flags    Type St Inode Path
    00000000c2cf0b3d: 00000002 00000000 00010000 0001 01 8158361 ctl
    00000000498f716d: 00000002 00000000 00010000 0001 01   815 /tmp/d 1/ctl
    00000000498f716e: 00000003 00000000 00000000 0001 03 8158143 /tmp/d 1/ctl
    00000000498f716f: 00000003 00000000 00000000 0001 03 8158144
    00000000498f7170: 00000002 00000000 00010000 0001 01 8158145 @/tmp/d 1/ctl
    00000000498f7171: 00000002 00000000 00010000 0001 01 8158146 mq/sock

    """

  @Test(
    "In the table a name is all there is, and a relative one may be any that ends so",
    arguments: [
      ("/tmp/d 1/ctl", [8_158_361, 815]), ("/tmp/d 2/ctl", [8_158_361]),
      ("/x/mq/sock", [8_158_146]),
      ("/x/mqsock", []), ("/tmp/none", []), ("1/ctl", [8_158_361]),
    ])
  func names(path: String, inodes: [UInt64]) {
    let sockets = ListeningSockets.sockets(in: Array(Self.table.utf8))
    let found = ListeningSocket.at(
      DaemonPlace(socket: Array(path.utf8)), file: .notAsked, among: .known(sockets))
    #expect(found.value?.map(\.inode) == inodes)
  }

  /// Binds a socket to `path` and listens.
  private func listen(at path: FilePath) throws -> FileDescriptor {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      unsafe $0.copyBytes(from: path.string.utf8)
    }
    let bound = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    #expect(Glibc.listen(descriptor, 8) == 0)
    return FileDescriptor(rawValue: descriptor)
  }

  private static func listeners(at path: FilePath) -> [ListeningSocket]? {
    DaemonObserver(DaemonPlace(socket: path.bytes)).observe([.files, .listeners]).listeners.value
  }

  @Test("The kernel identifies a socket by its file, also after a rename")
  func files() async throws {
    let isTold = (try? SockDiag.listeningSockets()) != nil
    guard WantedTests.mayExpect(isTold, otherwise: "the kernel does not tell the files of sockets")
    else { return }
    try await withTemporaryDirectory { directory in
      let path = directory["ctl"]
      let first = try listen(at: path)
      let found = try #require(Self.listeners(at: path))
      #expect(found.count == 1)
      #expect(found.first?.name == path.bytes)
      #expect(found.first?.waiting == 0)
      #expect(found.first?.file != nil)

      let client = try RawControlClient(path)
      #expect(Self.listeners(at: path)?.first?.waiting == 1)
      client.close()

      let link = directory["link"]
      #expect(unsafe symlink(path.string, link.string) == 0)
      #expect(Self.listeners(at: link)?.map(\.inode) == found.map(\.inode))

      // Another file of the same name is another socket's; the old one goes with the file.
      let moved = directory["moved"]
      #expect(unsafe rename(path.string, moved.string) == 0)
      let second = try listen(at: path)
      let other = try #require(Self.listeners(at: path))
      #expect(other.count == 1)
      #expect(other.map(\.inode) != found.map(\.inode))
      #expect(Self.listeners(at: moved)?.map(\.inode) == found.map(\.inode))
      try second.close()
      // A program that another test starts just now holds all sockets for a moment.
      try await eventually("the socket to have no listener") {
        Self.listeners(at: path)?.isEmpty == true
      }
      try first.close()
    }
  }

  /// A message of the kernel, in this machine's order of bytes: struct nlmsghdr and what follows it.
  private static func message(type: UInt16, _ body: [UInt32] = []) -> [UInt8] {
    func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
      unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
    }
    return bytes(UInt32(16 + 4 * body.count)) + bytes(type) + bytes(UInt16(0)) + bytes(UInt64(0))
      + body.flatMap(bytes)
  }

  @Test("An answer that is cut off or refuses is an error, never a short list")
  func damaged() throws {
    var none: [ListeningSocket] = []
    let refusal = Self.message(type: 2, [UInt32(bitPattern: -EPERM)])
    #expect(throws: Errno.notPermitted) { try SockDiag.read(refusal[...], into: &none) }
    #expect(throws: Errno.badMessage) { try SockDiag.read(refusal[..<17], into: &none) }
    #expect(try SockDiag.read(Self.message(type: 3)[...], into: &none))
    #expect(try !SockDiag.read(Self.message(type: 3)[..<3], into: &none))
    #expect(none.isEmpty)
  }
}
