// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport
import Testing

@Suite("Scanning hostile queue directories")
struct HostileSpoolTests {
  @Test("FIFOs, sockets and links are counted and not opened")
  func special() async throws {
    let spool = try Spool()
    try spool.writeMessage(1)
    for (index, kind) in ["q", "h", "Q", "d", "t"].enumerated() {
      let path = spool.directory["mq/\(kind)f\(spool.id(10 + index))"]
      #expect(unsafe path.withPlatformString { unsafe mkfifo($0, 0o600) } == 0)
    }
    try spool.directory.write(Array("V8\nRPFD:x@secret.example\n.\n".utf8), to: "secret")
    try spool.directory.link("mq/qf\(spool.id(20))", to: spool.directory["secret"])
    try spool.directory.link("mq/df\(spool.id(21))", to: spool.directory["secret"])
    try spool.directory.link("mq/qf\(spool.id(22))", to: "/dev/zero")
    try spool.directory.link("mq/qf\(spool.id(23))", to: "loop")
    // Blocking, so off the threads that other tests need: none of this may block.
    let (queues, contents) = try await blocking { try spool.scan(readsContents: true) }
    #expect(queues.allProblems == [])
    #expect((queues.total.messages, queues.total.bytes, queues.total.others) == (1, 10, 9))
    #expect(contents?.files == 1)
    #expect(contents?.recipientDomains.top().map(\.name) == [Array("example.com".utf8)])
  }

  @Test("Devices are counted and not opened")
  func devices() async throws {
    let spool = try Spool()
    let path = spool.directory["mq/qf\(spool.id(1))"]
    // The device that has no end, and the one that reading takes bytes from.
    for (index, minor) in [5, 8].enumerated() {
      let name = spool.directory["mq/qf\(spool.id(1 + index))"]
      let result = unsafe name.withPlatformString {
        unsafe mknod($0, S_IFCHR | 0o600, dev_t(1 << 8 | minor))
      }
      guard result == 0 else {
        return SkipNotice.print("skipped: devices in queues: only root makes them (mknod \(path))")
      }
    }
    let (queues, contents) = try await blocking { try spool.scan(readsContents: true) }
    #expect((queues.total.messages, queues.total.others) == (0, 2))
    #expect(contents?.files == 0)
  }

  @Test("Lines of a gigabyte are passed over, and no more is read of a file than is reasonable")
  func gigabytes() async throws {
    let spool = try Spool()
    for (index, start) in ["V8\nM", "V8\nRPFD:a@b.example\nRPFD:", "V8\nH??X: "].enumerated() {
      let name = "qf\(spool.id(index))"
      try spool.write(Array(start.utf8), to: name)
      try spool.directory.enlarge("mq/\(name)", to: 1 << 30)
    }
    let (queues, contents) = try await blocking { try spool.scan(readsContents: true) }
    #expect(queues.allProblems == [])
    let read = try #require(contents)
    #expect((read.files, read.tooLong, read.damaged) == (3, 3, 3))
    // The whole one, and the one without an end, of which no domain is known.
    #expect(Set(read.recipientDomains.top().map(\.name)) == [Array("b.example".utf8), nil])
    #expect(read.statuses.top().allSatisfy { ($0.name?.count ?? 0) <= QueueContents.longestStatus })
  }

  @Test("Control files of any bytes are read to their end")
  func madeUp() async throws {
    let spool = try Spool()
    var random = SeededNumbers(seed: 3)
    for number in 0..<200 {
      let bytes = (0..<500).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      try spool.write(bytes, to: "qf\(spool.id(number))")
    }
    let (queues, contents) = try await blocking { try spool.scan(readsContents: true) }
    #expect(queues.total.messages == 200)
    #expect(contents?.files == 200)
    #expect(queues.allProblems == [])
  }

  @Test(
    "A message that is locked for writing is seen so, and nothing waits for it",
    arguments: [true, false])
  func locked(byFlock: Bool) async throws {
    let spool = try Spool()
    try spool.writeMessage(1)
    try spool.writeMessage(2)
    guard try spool.counts().locked != nil else {
      return SkipNotice.print(
        "skipped: locked messages: the kernel's table does not show locks of this file system")
    }
    #expect(try spool.counts().locked == 0)
    let file = try FileDescriptor.open(spool.directory["mq/qf\(spool.id(1))"], .readWrite)
    defer { try? file.close() }
    if byFlock {
      try #require(flock(file.rawValue, LOCK_EX | LOCK_NB) == 0)
    } else {
      var lock = flock()
      lock.l_type = Int16(F_WRLCK)
      try #require(unsafe fcntl(file.rawValue, F_SETLK, &lock) == 0)
    }
    let (queues, contents) = try spool.scan(readsContents: true)
    #expect(queues.total.locked == 1)
    #expect(contents?.files == 2)
  }
}
