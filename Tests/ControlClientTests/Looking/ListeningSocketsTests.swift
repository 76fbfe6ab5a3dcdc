// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import ControlClient

@Suite("The kernel's list of sockets")
struct ListenerSearchTests {
  private static let table = """
    Num       RefCount Protocol Flags    Type St Inode Path
    00000000c2cf0b3d: 00000002 00000000 00010000 0001 01 8158361 ctl
    00000000498f716d: 00000002 00000000 00010000 0001 01   815 /tmp/d 1/ctl
    00000000498f716e: 00000003 00000000 00000000 0001 03 8158143 /tmp/d 1/ctl
    00000000498f716f: 00000003 00000000 00000000 0001 03 8158144
    00000000498f7170: 00000002 00000000 00010000 0001 01 8158145 @/tmp/d 1/ctl

    """

  @Test(
    arguments: [
      ("ctl", ["8158361"]), ("/tmp/d 1/ctl", ["815"]), ("1/ctl", []), ("", []), ("none", []),
    ])
  func `names the sockets that listen`(name: String, inodes: [String]) {
    let found = ListeningSockets(table: Array(Self.table.utf8)).inodes(named: Array(name.utf8))
    #expect(Set(found.map { String(decoding: $0, as: UTF8.self) }) == Set(inodes))
  }
}
