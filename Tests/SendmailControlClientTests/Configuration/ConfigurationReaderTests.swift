// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SendmailControl
import SendmailControlClient
import SystemPackage
import Testing

/// Reading files and finding directories on a real file system.
@Suite struct ConfigurationReaderTests {
  /// A directory that goes away with the test.
  private final class Scratch {
    let path: String

    init() throws {
      let url = URL(fileURLWithPath: "/tmp/smc-cf-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
      path = url.path
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
    }

    func makeDirectory(_ name: String) throws {
      try FileManager.default.createDirectory(
        atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }

    func write(_ text: String, permissions: Int = 0o644) throws -> FilePath {
      let file = "\(path)/sendmail.cf"
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file)
      return FilePath(file)
    }
  }

  private static let reader = ConfigurationReader()

  @Test("Links of the queue directory are resolved")

  func linksOfTheQueueDirectoryAreResolved()
    throws
  {
    let scratch = try Scratch()
    try scratch.makeDirectory("spool/mq/q1")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/link", withDestinationPath: "spool/mq")
    let file = try scratch.write(
      "V10\nO QueueDirectory=\(scratch.path)/link/q*\nO ControlSocketName=../ctl\n")
    let resolved = try Self.reader.read(file: file)
    #expect(resolved.baseQueueDirectory.bytes == Array("\(scratch.path)/spool/mq".utf8))
    #expect(resolved.controlSocket?.bytes == Array("\(scratch.path)/spool/ctl".utf8))
    #expect(resolved.configuration.diagnostics.isEmpty)
    #expect(resolved.exitCode == nil)
  }

  @Test("Overrides reach the configuration")

  func overridesReachTheConfiguration() throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("mq")
    let file = try scratch.write("V10\nO QueueDirectory=/nowhere\n")
    let resolved = try Self.reader.read(
      file: file, overrides: [.long("QueueDirectory=\(scratch.path)/mq"), .long("Control=ctl")])
    #expect(resolved.controlSocket?.bytes == Array("\(scratch.path)/mq/ctl".utf8))
    #expect(resolved.exitCode == nil)
  }

  @Test("Directories that are not there are reported")

  func directoriesThatAreNotThereAreReported()
    throws
  {
    let scratch = try Scratch()
    try scratch.makeDirectory("mq")
    let missing = try Self.reader.read(
      file: scratch.write("V10\nO QueueDirectory=\(scratch.path)/none\n"))
    #expect(
      missing.queues.problems.map(\.message.description)
        == ["can not chdir(\(scratch.path)/none/): No such file or directory"])
    #expect(missing.exitCode == 78)
    let pattern = try Self.reader.read(
      file: scratch.write("V10\nO QueueDirectory=\(scratch.path)/mq/z*\n"))
    #expect(
      pattern.queues.problems.map(\.message.description)
        == ["can not opendir(\(scratch.path)/mq/z): No such file or directory"])
    let plain = try Self.reader.read(
      file: scratch.write("V10\nO QueueDirectory=\(scratch.path)/sendmail.cf\n"))
    #expect(
      plain.queues.problems.map(\.message.description)
        == ["can not chdir(\(scratch.path)/sendmail.cf/): Not a directory"])
  }

  @Test("A relative queue directory is not looked up")

  func aRelativeQueueDirectoryIsNotLookedFor()
    throws
  {
    let scratch = try Scratch()
    let resolved = try Self.reader.read(
      file: scratch.write("V10\nO QueueDirectory=mq\nO ControlSocketName=ctl\n"))
    #expect(resolved.queues.problems.map(\.message.description) == ["QueuePath mq not absolute"])
    #expect(resolved.baseQueueDirectory.bytes == Array("mq".utf8))
    #expect(resolved.controlSocket?.bytes == Array("mq/ctl".utf8))
  }

  @Test("High bytes in names of directories")

  func highBytesInNamesOfDirectories() throws {
    let scratch = try Scratch()
    try scratch.makeDirectory("caf\u{e9}")
    let resolved = try Self.reader.read(
      file: scratch.write(
        "V10\nO QueueDirectory=\(scratch.path)/caf\u{e9}\nO ControlSocketName=./ctl\n"))
    #expect(resolved.controlSocket?.bytes == Array("\(scratch.path)/caf\u{e9}/ctl".utf8))
    #expect(resolved.exitCode == nil)
  }

  @Test("Users and services of the machine")

  func usersAndServicesOfTheMachine() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      """
      V10
      O QueueDirectory=\(scratch.path)
      O TrustedUser=root
      O RunAsUser=daemon:daemon
      O TrustedUser=no-such-user
      O RunAsUser=root:no-such-group
      O DaemonPortOptions=Port=no-such-service

      """)
    #expect(
      try Self.reader.read(file: file).configuration.diagnostics.map(\.message.description) == [
        "readcf: option TrustedUser: unknown user no-such-user",
        "readcf: option RunAsUser: unknown group no-such-group",
        "service \"no-such-service\" unknown",
      ])
  }

  @Test("Processors are counted")

  func processorsAreCounted() throws {
    let scratch = try Scratch()
    let resolved = try Self.reader.read(file: scratch.write("V10\n"))
    #expect(resolved.configuration.queueLA == 8 * sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  @Test("Others may write the file")

  func othersMayWriteTheFile() throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      "V10\nO QueueDirectory=\(scratch.path)\n", permissions: 0o664)
    let resolved = try Self.reader.read(file: file)
    #expect(
      resolved.configuration.diagnostics.map(\.message.description) == [
        "\(file): WARNING: dangerous write permissions"
      ])
    #expect(resolved.exitCode == nil)
  }

  @Test("A missing file")

  func aMissingFile() throws {
    let error = #expect(throws: ConfigurationReadError.self) {
      try Self.reader.read(file: "/nowhere/sendmail.cf")
    }
    #expect(error?.code == .cannotOpen)
    #expect(error?.systemCall == "open")
    #expect(error?.errno == .noSuchFileOrDirectory)
    #expect(
      error?.description == "/nowhere/sendmail.cf: cannot open: No such file or directory")
  }

  @Test("Not a plain file")

  func notAPlainFile() throws {
    let scratch = try Scratch()
    let fifo = "\(scratch.path)/fifo"
    #expect(unsafe mkfifo(fifo, 0o600) == 0)
    for path in [scratch.path, fifo] {
      let error = #expect(throws: ConfigurationReadError.self) {
        try Self.reader.read(file: FilePath(path))
      }
      #expect(error?.code == .notPlainFile)
      #expect(error?.description == "\(path): not a plain file")
    }
  }

  @Test("A link to a file is followed")

  func aLinkToAFileIsFollowed() throws {
    let scratch = try Scratch()
    let file = try scratch.write("V10\nO ControlSocketName=/ctl\n")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/link.cf", withDestinationPath: file.string)
    let resolved = try Self.reader.read(file: FilePath("\(scratch.path)/link.cf"))
    #expect(resolved.controlSocket?.bytes == Array("/ctl".utf8))
  }

  @Test("A large file")

  func aLargeFile() throws {
    let scratch = try Scratch()
    let lines = String(repeating: "# some comment in a long file\nR$*\t$: $1\n", count: 20_000)
    let file = try scratch.write("V10\nS0\n" + lines + "O ControlSocketName=/ctl\n")
    let resolved = try Self.reader.read(file: file)
    #expect(resolved.controlSocket?.bytes == Array("/ctl".utf8))
    #expect(resolved.configuration.setting(.controlSocketName)?.origin == .line(40_003))
  }

  @Test("Default files")

  func defaultFiles() {
    #expect(ConfigurationKind.mta.defaultPath == "/etc/mail/sendmail.cf")
    #expect(ConfigurationKind.msp.defaultPath == "/etc/mail/submit.cf")
  }
}

extension ResolvedConfiguration {
  /// The queue directories on this machine.
  fileprivate var queues: QueueDirectories { QueueDirectories(of: configuration, in: .live) }

  /// The code a daemon on this machine exits with at start.
  fileprivate var exitCode: Int32? { configuration.startup(with: queues, as: .reader).exitStatus }
}
