// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SendmailControl
import SendmailControlClient
import SystemPackage
import TestSupport
import Testing

@Suite("The reader of statistics")
struct StatisticsReaderTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// Reads the statistics of a configuration with `lines`.
  private func read(_ lines: String) throws -> MailStatistics {
    let file = try directory.write(
      "V10/Berkeley\nO QueueDirectory=\(directory.path)\n\(lines)\n", to: "sendmail.cf")
    return try StatisticsReader.read(try ConfigurationReader().read(file: file)).statistics
  }

  /// Returns the failure of a read.
  private func failure(_ lines: String) throws -> StatisticsReadError? {
    do {
      _ = try read(lines)
      return nil
    } catch let error as StatisticsReadError {
      return error
    }
  }

  @Test("A file is read, and stays as it is")
  func reads() throws {
    try directory.write(StatisticsFile.bytes, to: "st")
    let before = try FileManager.default.attributesOfItem(atPath: directory["st"].string)
    let statistics = try read("O StatusFile=st")
    #expect(statistics.total.messagesFrom == StatisticsFile.messagesFrom)
    let after = try FileManager.default.attributesOfItem(atPath: directory["st"].string)
    #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
    #expect(
      FileManager.default.contents(atPath: directory["st"].string) == Data(StatisticsFile.bytes))
  }

  @Test("Where no file is named, it is said how to name one")
  func notSet() throws {
    let failure = try #require(try failure(""))
    #expect(failure.code == .notSet)
    #expect(
      failure.description.hasSuffix(
        "sendmail.cf: StatusFile is not set: sendmail keeps no statistics"))
    #expect(failure.advice.joined().contains("define(`STATUS_FILE', "))
  }

  @Test(
    "Where the file is not there, it is said how to have it",
    arguments: [("", "DAEMON_MAILSTATS"), ("O UseMSP=True\n", "MSP_MAILSTATS")])
  func missing(lines: String, setting: String) throws {
    let failure = try #require(try failure(lines + "O StatusFile=st"))
    #expect(failure.code == .missing)
    #expect(failure.description == "\(directory["st"]): open: No such file or directory")
    #expect(failure.advice.joined().contains(" \(setting)=\"Yes\" "))
    #expect(failure.advice.joined().contains("elsewhere make the file, empty"))
    let deeper = try #require(try self.failure(lines + "O StatusFile=none/st"))
    #expect(
      deeper.advice.joined().contains(
        "elsewhere make the directory \(directory["none"]) and in it the file, empty"))
  }

  @Test("A file that is not regular is refused without a wait")
  func notRegular() throws {
    try directory.makeDirectory("directory")
    let made = unsafe directory["fifo"].withPlatformString { unsafe mkfifo($0, 0o600) }
    #expect(made == 0)
    for name in ["directory", "fifo"] {
      #expect(try failure("O StatusFile=\(name)")?.code == .notRegularFile, "\(name)")
    }
  }

  @Test("Other contents are refused")
  func malformed() throws {
    try directory.write(StatisticsFile.bytes.prefix(100), to: "st")
    let failure = try #require(try failure("O StatusFile=st"))
    #expect(failure.code == .malformed(.truncated(count: 100, expected: 1448)))
    #expect(failure.description.hasPrefix("\(directory["st"]): "))
  }
}
