// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import Logging
import SendmailControl
import SendmailControlDaemon
import Testing

@testable import smcontrold

/// The command line of smcontrold.
@Suite struct DaemonCommandTests {
  private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  /// Command lines that are refused before anything is done.
  static let refused: [[String]] = [
    [], ["--socket"], ["--socket", "/s", "extra"], ["--socket", "/s", "--mode", "999"],
    ["--socket", "/s", "--mode", "1777"], ["--socket", "/s", "--timeout", "-1"],
    ["--socket", "/s", "--timeout", "x"], ["--socket", "/s", "--seed", "1"],
    ["--socket", "/s", "--lively", "--scenario", "f"],
    ["--socket", "/s", "--foreground", "--background"],
    ["--socket", "/s", "--unsafe-path", "--trust-sticky-bit"],
    ["--socket", "/s", "--log-level", "loud"],
  ]

  @Test(arguments: refused)
  func `a wrong command line is a usage error`(_ arguments: [String]) {
    let error = #expect(throws: (any Error).self) { try DaemonCommand.parse(arguments) }
    #expect(error.map { DaemonCommand.exitCode(for: $0) } == ExitCode(64))
  }

  @Test func `options become the daemon's configuration`() throws {
    let command = try DaemonCommand.parse([
      "--socket", "/s", "--mode", "0660", "--pid-file", "/p", "--timeout", "0", "--unsafe-path",
      "--background",
    ])
    var configuration = try command.socket.configuration()
    _ = try command.behaviour.life(startingWith: &configuration)
    #expect(configuration.socketPath == Array("/s".utf8))
    #expect(configuration.socketMode == 0o660)
    #expect(configuration.pidFile == Array("/p".utf8))
    #expect(configuration.controlTimeout == .zero)
    #expect(configuration.pathCheck == .none)
    #expect(configuration.state.mode == .background)
  }

  @Test func `without options it is sendmail's configuration`() throws {
    let command = try DaemonCommand.parse(["--socket", "/s"])
    var configuration = try command.socket.configuration()
    _ = try command.behaviour.life(startingWith: &configuration)
    #expect(configuration.socketMode == 0o600)
    #expect(configuration.controlTimeout == .seconds(120))
    #expect(configuration.pathCheck == .ofThisProcess())
    #expect(configuration.state.mode == .foreground)
    #expect(command.logLevel.level == .info)
  }

  @Test func `help tells every option, the scenario and the exit codes`() {
    let help = DaemonCommand.helpMessage(columns: 10_000)
    for word in [
      "--socket", "--mode", "--pid-file", "--timeout", "--trust-sticky-bit", "--unsafe-path",
      "--foreground", "--background", "--scenario", "--lively", "--seed", "--log-level",
      "restartByRelativePath", "minimumFreeSpace", "SIGTERM", "64", "65", "66", "71", "72", "73",
      "77", "78",
    ] {
      #expect(help.contains(word))
    }
  }

  /// Errors and the exit codes that go with them.
  static let errors: [(error: DaemonError, code: Int32)] = [
    (DaemonError(.noPath, path: []), 78),
    (DaemonError(.unsafePath(PathVerdict.example), path: []), 78),
    (DaemonError(.pidFileLocked, path: []), 73),
    (DaemonError(.system, systemCall: "open", errno: ENOENT, path: []), 73),
    (DaemonError(.system, systemCall: "open", errno: EACCES, path: []), 77),
    (DaemonError(.system, systemCall: "bind", errno: EACCES, path: []), 77),
    (DaemonError(.system, systemCall: "bind", errno: ENAMETOOLONG, path: []), 78),
    (DaemonError(.system, systemCall: "socket", errno: EMFILE, path: []), 71),
  ]

  @Test(arguments: errors)
  func `every failure has its exit code`(_ example: (error: DaemonError, code: Int32)) {
    #expect(
      ExitStatus.code(reporting: example.error, to: logger) == ExitCode(example.code))
  }

  @Test func `a scenario that cannot be read is not one that makes no sense`() throws {
    let file = "\(FileManager.default.temporaryDirectory.path)/\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let missing = #expect(throws: ScenarioFileError.self) { try ScenarioFileError.read(file) }
    #expect(missing.map { ExitStatus.code(reporting: $0, to: logger) } == ExitCode(66))
    try Data("{".utf8).write(to: URL(filePath: file))
    let senseless = #expect(throws: ScenarioFileError.self) { try ScenarioFileError.read(file) }
    #expect(senseless.map { ExitStatus.code(reporting: $0, to: logger) } == ExitCode(65))
    try Data(#"{ "start": { "loadAverage": 9 } }"#.utf8).write(to: URL(filePath: file))
    let command = try DaemonCommand.parse(["--socket", "/s", "--scenario", file])
    var configuration = try command.socket.configuration()
    _ = try command.behaviour.life(startingWith: &configuration)
    #expect(configuration.state.loadAverage == 9)
  }
}

extension PathVerdict {
  /// What sendmail says to a path with nothing on it.
  fileprivate static var example: PathVerdict {
    PathSafety().check(Array("/s".utf8)) { _ in .failed(.missing) }
  }
}
