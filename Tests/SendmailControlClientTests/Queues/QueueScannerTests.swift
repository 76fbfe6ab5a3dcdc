// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SystemPackage
import SystemSupport
import TestSupport
import Testing

extension Spool {
  /// Scans everything.
  func scan(readsContents: Bool = false) throws -> (QueueReport.Queues, QueueContents?) {
    let resolved = try ConfigurationReader().read(file: configurationFile)
    var scanner = QueueScanner(readsContents: readsContents, interruption: nil)
    let directories = QueueDirectories(of: resolved.configuration, in: .live)
    let queues = try scanner.scan(resolved, directories: directories)
    return (queues, scanner.contents)
  }

  /// Scans a spool of one directory.
  func counts() throws -> QueueCounts {
    let (queues, _) = try scan()
    #expect(queues.allProblems == [])
    return try #require(queues.groups.first?.directories.first?.counts)
  }
}

@Suite("Scanning queue directories")
struct QueueScannerTests {
  @Test("Files are counted by their names")
  func kinds() throws {
    let spool = try Spool()
    try spool.writeMessage(1, age: 100, size: 1000)
    try spool.writeMessage(2, age: 400, size: 24)
    try spool.writeMessage(3, age: 90_000, size: 0)
    for (index, letter) in ["h", "Q", "Q", "x", "l", "n"].enumerated() {
      try spool.write([], to: "\(letter)f\(spool.id(10 + index))")
    }
    try spool.write([], to: "core")
    try spool.write([], to: "qf1234567890123456789")
    try spool.directory.makeDirectory("mq/qfdirectory")
    try spool.directory.makeDirectory("mq/dfdirectory/deep/qf1")
    let counts = try spool.counts()
    #expect(counts.messages == 3)
    #expect(counts.bytes == 1024)
    #expect((counts.oldest, counts.newest) == (spool.now - 90_000, spool.now - 100))
    #expect(counts.ages.counts == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    #expect((counts.quarantined, counts.lost) == (1, 2))
    #expect(counts.others == 4)
    #expect((counts.unfinished, counts.orphans) == (0, 0))
  }

  @Test("A message whose id is not sendmail's is as old as its file")
  func strangeNames() throws {
    let spool = try Spool()
    try spool.write([], to: "qfX", age: 700)
    try spool.write([], to: "qf", age: 1300)
    let counts = try spool.counts()
    #expect(counts.messages == 2)
    #expect((counts.oldest, counts.newest) == (spool.now - 1300, spool.now - 700))
  }

  @Test("Control files begun long ago are unfinished, bodies without one are orphans")
  func incomplete() throws {
    let spool = try Spool()
    for number in 0..<200 { try spool.writeMessage(number, age: 10_000) }
    try spool.write([], to: "tf\(spool.id(300))", age: 4000)
    try spool.write([], to: "Tf\(spool.id(301))", age: 4000)
    try spool.write([], to: "tf\(spool.id(302))", age: 3000)
    // Its control file is one that is put aside, quarantined, or being written.
    for (index, letter) in ["h", "Q", "t", "T"].enumerated() {
      try spool.write([], to: "\(letter)f\(spool.id(400 + index))")
      try spool.write([1], to: "df\(spool.id(400 + index))", age: 4000)
    }
    try spool.write([1], to: "df\(spool.id(500))", age: 4000)
    try spool.write([1], to: "dforphan", age: 4000)
    try spool.write([1], to: "df\(spool.id(501))", age: 3000)
    let counts = try spool.counts()
    #expect(counts.unfinished == 2)
    #expect(counts.orphans == 2)
  }

  @Test("Messages without a body are counted, wherever the body may be")
  func withoutBody() throws {
    let spool = try Spool(["q1", "q2/df", "q2/qf"], queueDirectory: "mq/q*")
    for number in 0..<200 { try spool.writeMessage(number, in: "q1") }
    let control = Array("V8\n.\n".utf8)
    try spool.write(control, to: "q1/qf\(spool.id(300))")
    try spool.write(control, to: "q1/hf\(spool.id(301))")
    try spool.write(control, to: "q2/qf/qf\(spool.id(302))")
    // The body is in another queue, the message is lost, it is none, or it is being written.
    try spool.write(control, to: "q1/qf\(spool.id(303))")
    try spool.write([1], to: "q2/df/df\(spool.id(303))")
    try spool.write(control, to: "q1/Qf\(spool.id(304))")
    try spool.write([], to: "q1/qf\(spool.id(305))")
    try spool.write(control, to: "q1/tf\(spool.id(306))")
    let (queues, _) = try spool.scan()
    #expect(queues.groups[0].directories.map { $0.counts?.withoutBody } == [2, 1])
    #expect(queues.total.incomplete == 3)
  }

  @Test("Messages that no queue reads are found beside the queues, and not in them")
  func strays() throws {
    func strays(_ spool: Spool) throws -> [String] {
      let configuration = try ConfigurationReader().read(file: spool.configurationFile)
        .configuration
      return StrayMessages.find(QueueDirectories(of: configuration, in: .live), in: .live).map {
        let path = String(decoding: $0.path, as: UTF8.self)
        return "\(path.replacing(spool.directory["mq"].string, with: "")) \($0.messages)"
      }
    }
    let pattern = try Spool(["q1", "real", "old/deep"], queueDirectory: "mq/q*")
    try pattern.directory.link("mq/q2", to: pattern.directory["mq/real"])
    for (number, queue) in ["", "", "q1", "real", "old", "old/deep"].enumerated() {
      try pattern.writeMessage(number, in: queue)
    }
    #expect(try strays(pattern) == [" 2", "/old 1"])
    let plain = try Spool(["qf", "df", "old"])
    for (number, queue) in ["qf", "old"].enumerated() { try plain.writeMessage(number, in: queue) }
    #expect(try strays(plain) == ["/old 1"])
  }

  @Test("The kernel tells whether a file system has space, and inodes where it counts them")
  func fileSystems() throws {
    let process = try #require(FileSystemInfo(of: "/proc"))
    #expect((process.freeSpace, process.freeInodes) == (0, nil))
    #expect(process.obstacle == "no space free")
    let spool = try Spool()
    let (queues, _) = try spool.scan()
    let directory = queues.groups[0].directories[0]
    #expect((directory.isReadOnly, directory.obstacle) == (false, nil))
  }

  @Test("Transcripts that nothing uses any more are counted")
  func transcripts() throws {
    let spool = try Spool()
    try spool.write([1], to: "xf\(spool.id(1))", age: 4000)
    try spool.write([1], to: "xf\(spool.id(2))", age: 3000)
    let counts = try spool.counts()
    #expect((counts.transcripts, counts.others) == (1, 0))
  }

  @Test("Subdirectories hold the files of one kind, as sendmail has it")
  func subdirectories() throws {
    let spool = try Spool(["q/qf", "q/df", "q/xf"], queueDirectory: "mq/q*")
    let id = spool.id(1, age: 500)
    try spool.write([], to: "q/qf/qf\(id)")
    try spool.write([1, 2, 3], to: "q/df/df\(id)", age: 5000)
    try spool.write([1], to: "q/df/df\(spool.id(2))", age: 5000)
    // sendmail does not read these.
    try spool.write([], to: "q/qf\(spool.id(3))")
    try spool.write([], to: "q/df/qf\(spool.id(4))")
    try spool.write([1], to: "q/qf/df\(spool.id(5))")
    let (queues, _) = try spool.scan()
    let counts = queues.total
    #expect((counts.messages, counts.bytes, counts.orphans, counts.others) == (1, 4, 1, 3))
  }

  @Test("A body may be in another queue directory than its control file")
  func elsewhere() throws {
    let spool = try Spool(["q1", "q2"], queueDirectory: "mq/q*")
    let id = spool.id(1, age: 5000)
    try spool.write([], to: "q1/qf\(id)")
    try spool.write([1], to: "q2/df\(id)", age: 5000)
    #expect(try spool.scan().0.total.orphans == 0)
  }

  @Test("Groups are counted by themselves, and directories of several groups once in all")
  func groups() throws {
    let spool = try Spool(
      ["q1", "q2", "slow"], queueDirectory: "mq/q*",
      lines: ["Qslow, P=@DIR@/mq/slow", "Qtwin, R=1"])
    try spool.writeMessage(1, in: "q1")
    try spool.writeMessage(2, in: "q2")
    try spool.writeMessage(3, in: "slow")
    let (queues, contents) = try spool.scan(readsContents: true)
    #expect(queues.groups.map(\.total.messages) == [2, 1, 2])
    #expect(queues.groups[2].directories.map(\.isRepeated) == [true, true])
    #expect(queues.total.messages == 3)
    #expect(contents?.files == 3)
    #expect(queues.groups.flatMap(\.directories).allSatisfy { ($0.freeSpace ?? 0) > 0 })
  }

  @Test("A queue directory may be a link, as it may to sendmail")
  func linkedDirectory() throws {
    let spool = try Spool(["real"], queueDirectory: "mq/q*")
    try spool.directory.link("mq/q1", to: spool.directory["mq/real"])
    try spool.directory.link("mq/q2", to: spool.directory["mq/none"])
    try spool.writeMessage(1, in: "real")
    let (queues, _) = try spool.scan()
    #expect(queues.groups[0].directories.map(\.name) == [Array("q1".utf8)])
    #expect(queues.total.messages == 1)
  }

  @Test("Each missing file that the configuration names is reported")
  func missing() throws {
    let spool = try Spool(
      queueDirectory: "mq", lines: ["Qslow, P=@DIR@/mq/slow", "Qx, P=@DIR@/mq/x*"])
    let (queues, _) = try spool.scan()
    #expect(queues.allProblems.map(\.kind) == [.notThere, .notThere])
    #expect(queues.groups[0].directories[0].counts != nil)
    #expect(queues.groups[1].directories[0].counts == nil)
  }

  @Test("A message that is delivered during the scan is no problem")
  func vanishing() throws {
    let spool = try Spool()
    for number in 0..<3000 { try spool.writeMessage(number) }
    let resolved = try ConfigurationReader().read(file: spool.configurationFile)
    var hasRemoved = false
    var scanner = QueueScanner(readsContents: true, interruption: nil) { progress in
      guard progress.entries > 0, !hasRemoved else { return }
      hasRemoved = true
      for number in 0..<3000 {
        spool.directory.unlink("mq/qf\(spool.id(number))")
        spool.directory.unlink("mq/df\(spool.id(number))")
      }
    }
    let directories = QueueDirectories(of: resolved.configuration, in: .live)
    let queues = try scanner.scan(resolved, directories: directories)
    #expect(hasRemoved)
    #expect(queues.allProblems == [])
    #expect(queues.total.bytes < 30_000)
    #expect(scanner.contents?.unreadable == 0)
  }
}
