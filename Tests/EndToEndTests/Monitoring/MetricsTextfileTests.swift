// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// `smcontrol metrics --textfile`, for the node exporter's textfile collector.
@Suite("smcontrol metrics: text files")
struct MetricsTextfileTests {
  private static func names(in directory: FilePath) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.string)
  }

  @Test("The file is readable for all, whatever the umask, and the only one")
  func file() async throws {
    let place = try MetricsPlace()
    let directory = try place.directory.makeDirectory("textfile")
    let file = directory.appending("sendmail.prom")
    let outcome = try await ProcessRunner.run(
      "/bin/sh",
      [
        "-c", "umask 077 && exec \"$@\"", "sh", BuiltBinaries.smcontrol.string, "-C",
        place.spool.configurationFile.string, "metrics", "--textfile", file.string,
      ], environment: SMControlRun.cleanEnvironment)
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    #expect(outcome.standardOutput.isEmpty)
    #expect(try Stat(file).permissions == [.ownerReadWrite, .groupRead, .otherRead])
    #expect(try Self.names(in: directory) == ["sendmail.prom"])
    let metrics = try await place.metrics()
    let text = String(decoding: try Data(contentsOf: URL(filePath: file.string)), as: UTF8.self)
    #expect(MetricsPlace.series(text) == MetricsPlace.series(metrics.output))
  }

  @Test("Links and directories are refused, and stay as they are")
  func refused() async throws {
    let place = try MetricsPlace()
    try place.directory.write("precious", to: "target")
    try place.directory.link("link.prom", to: place.directory["target"])
    try place.directory.makeDirectory("directory.prom")
    for name in ["link.prom", "directory.prom", "none/sendmail.prom"] {
      let outcome = try await place.metrics("--textfile", place.directory[name].string)
      #expect(outcome.status == 74, "\(name)")
      #expect(outcome.errorOutput.contains("\(place.directory[name]): "))
    }
    #expect(
      FileManager.default.contents(atPath: place.directory["target"].string)
        == Data("precious".utf8))
  }

  @Test("A format that the node exporter does not read is refused, with no file made")
  func format() async throws {
    let place = try MetricsPlace()
    let outcome = try await place.metrics(
      "--textfile", place.directory["x.prom"].string, "--format", "openmetrics")
    #expect(outcome.status == 64)
    #expect(!FileManager.default.fileExists(atPath: place.directory["x.prom"].string))
  }

  @Test("An ordinary user can write it, in an environment as cron's")
  func cron() async throws {
    let place = try MetricsPlace()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: place.directory["mq"].string)
    let directory = try place.directory.makeDirectory("textfile")
    let user = try SystemUser.ordinary()
    try user.own(directory)
    let outcome = try await ProcessRunner.run(
      "/usr/bin/env",
      [
        "-i", "PATH=/usr/bin:/bin", BuiltBinaries.smcontrol.string, "-C",
        place.spool.configurationFile.string, "metrics", "--textfile",
        directory.appending("sendmail.prom").string,
      ], workingDirectory: "/", user: user)
    // Whatever another user may not audit is no failure of the rest.
    #expect([0, 77].contains(outcome.status), "\(outcome.errorOutput)")
    #expect(try Self.names(in: directory) == ["sendmail.prom"])
  }

  @Test("Readers never see a part of it while it is rewritten")
  func rewrites() async throws {
    let place = try MetricsPlace()
    let file = place.directory["sendmail.prom"]
    let first = try await place.metrics("--textfile", file.string)
    #expect(first.status == 0, "\(first.errorOutput)")
    let expected = MetricsPlace.series(try String(contentsOfFile: file.string, encoding: .utf8))
    let readers = Readers(file: file.string, seriesCount: expected.count)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<2 { group.addTask { try await readers.read() } }
      for _ in 0..<100 {
        let outcome = try await place.metrics("--textfile", file.string)
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
      }
      readers.end()
      for try await count in group { #expect(count > 100) }
    }
  }
}

/// Readers of a file that must always be whole.
private final class Readers: Sendable {
  private let file: String
  private let seriesCount: Int
  private let isOver = Atomic<Bool>(false)

  init(file: String, seriesCount: Int) {
    self.file = file
    self.seriesCount = seriesCount
  }

  /// Reads the file again and again until the end.
  ///
  /// - Returns: the number of times that it was read.
  /// - Throws: ``HarnessError`` when it was not whole.
  func read() async throws -> Int {
    try await blocking { [self] in
      var count = 0
      while !isOver.load(ordering: .relaxed) {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        guard text.hasSuffix("\n"), MetricsPlace.series(text).count == seriesCount else {
          throw HarnessError("a partial file: \(text)")
        }
        count += 1
      }
      return count
    }
  }

  func end() { isOver.store(true, ordering: .relaxed) }
}
