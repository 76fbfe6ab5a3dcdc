// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Foundation
import Logging
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import Testing

@testable import smcontrold

/// The command line of smcontrold.
@Suite struct DaemonCommandTests {
  /// Command lines that are refused before anything is done.
  static let refused: [[String]] = [
    [], ["--socket"], ["--socket", "/s", "extra"], ["--socket", "/s", "--mode", "999"],
    ["--socket", "/s", "--mode", "1777"], ["--socket", "/s", "--timeout", "-1"],
    ["--socket", "/s", "--timeout", "x"], ["--socket", "/s", "--seed", "1"],
    ["--socket", "/s", "--scenario", "f"], ["--socket", "/s", "--fault"],
    ["--socket", "/s", "--fault", "silense"],
    ["--socket", "/s", "--foreground", "--background"],
    ["--socket", "/s", "--unsafe-path", "--trust-sticky-bit"],
    ["--socket", "/s", "--unsafe-path", "--replace-file"],
    ["--socket", "/s", "--log-level", "loud"],
  ]

  @Test("A wrong command line is a usage error", arguments: refused)
  func aWrongCommandLine(_ arguments: [String]) {
    let error = #expect(throws: (any Error).self) { try DaemonCommand.parse(arguments) }
    #expect(error.map { DaemonCommand.exitCode(for: $0) } == ExitCode(64))
  }

  @Test("Options become the daemon's configuration")

  func optionsBecomeTheDaemonS() throws {
    let command = try DaemonCommand.parse([
      "--socket", "/s", "--mode", "0660", "--pid-file", "/p", "--timeout", "0", "--unsafe-path",
      "--background",
    ])
    var configuration = try command.socket.configuration()
    _ = command.behaviour.apply(to: &configuration)
    #expect(configuration.socketPath == "/s")
    #expect(configuration.socketMode.rawValue == 0o660)
    #expect(configuration.pidFile == "/p")
    #expect(configuration.controlTimeout == nil)
    #expect(configuration.pathRules == .off)
    #expect(configuration.state.mode == .background)
  }

  @Test("Without options it is sendmail's configuration")

  func withoutOptionsItIsSendmailS() throws {
    let command = try DaemonCommand.parse(["--socket", "/s"])
    var configuration = try command.socket.configuration()
    _ = command.behaviour.apply(to: &configuration)
    #expect(configuration.socketMode.rawValue == 0o600)
    #expect(configuration.controlTimeout == .seconds(120))
    #expect(configuration.pathRules == .sendmail)
    #expect(configuration.replacesFiles == false)
    #expect(configuration.state.mode == .foreground)
    #expect(command.logLevel.level == .info)
  }

  @Test("Help has every option, every fault and the exit codes")

  func helpHasEveryOptionEveryFault() {
    let help = DaemonCommand.helpMessage(columns: 10_000)
    for word in [
      "--socket", "--mode", "--pid-file", "--timeout", "--trust-sticky-bit", "--unsafe-path",
      "--replace-file", "--foreground", "--background", "--lively", "--seed", "--fault",
      "--log-level", "SIGTERM",
      "64",
      "66", "71", "72", "73", "77", "78",
    ] + FaultForm.all.map(\.usage) {
      #expect(help.contains(word))
    }
  }

  /// Errors and the exit codes that go with them.
  static let errors: [(error: DaemonError, code: Int32)] = [
    (DaemonError(.noPath), 78),
    (DaemonError(unsafe: PathVerdict.example, path: "/s"), 78),
    (DaemonError(.notASocket), 78),
    (DaemonError(.pidFileLocked), 73),
    (DaemonError(.unsafePIDFile), 73),
    (DaemonError(.system, systemCall: "open", errno: ENOENT, path: []), 73),
    (DaemonError(.system, systemCall: "open", errno: EACCES, path: []), 77),
    (DaemonError(.system, systemCall: "bind", errno: EACCES, path: []), 77),
    (DaemonError(.system, systemCall: "bind", errno: ENAMETOOLONG, path: []), 78),
    (DaemonError(.system, systemCall: "socket", errno: EMFILE, path: []), 71),
  ]

  @Test("Every failure has its exit code", arguments: errors)
  func everyFailureHasItsExitCode(_ example: (error: DaemonError, code: Int32)) {
    #expect(
      DaemonExitStatus.code(for: example.error) == example.code)
  }

  @Test("A configuration file that cannot be read is no input")

  func aConfigurationFileThatCannot()
    throws
  {
    let command = try DaemonCommand.parse(["--cf", "/nonexistent/sendmail.cf"])
    let error = #expect(throws: ConfigurationFileError.self) { try command.socket.configuration() }
    #expect(error.map { DaemonExitStatus.code(for: $0) } == 66)
  }

  /// Every fault as the command line names it.
  static let faults: [(text: String, fault: Fault)] = [
    ("silence", .silence), ("one-byte-at-a-time:0.25", .oneByteAtATime(pause: .milliseconds(250))),
    ("stop:1", .stop(afterBytes: 1)), ("cut:2", .cut(afterBytes: 2)),
    ("reset:3", .reset(afterBytes: 3)), ("garbage:4", .garbage(byteCount: 4, seed: 1)),
    ("garbage:4:9", .garbage(byteCount: 4, seed: 9)), ("endless", .endless),
    ("full-listen-queue", .fullListenQueue), ("close-at-once", .closeAtOnce),
    ("slow-restart:2", .slowRestart(.seconds(2))),
    ("restart-without-return", .restartWithoutReturn),
    ("restart-by-relative-path", .restartByRelativePath),
  ]

  @Test("Every fault can be named", arguments: faults)
  func everyFaultCanBeNamed(_ example: (text: String, fault: Fault)) throws {
    let command = try DaemonCommand.parse(["--socket", "/s", "--fault", example.text])
    var configuration = try command.socket.configuration()
    #expect(command.behaviour.apply(to: &configuration) == nil)
    #expect(configuration.fault == example.fault)
    let name = FaultForm.name(of: example.fault)
    #expect(example.text.split(separator: ":").first == name[...])
  }

  @Test("The names of faults are those of the tests, each once")

  func theNamesOfFaultsAreThose() {
    let named = Set(Self.faults.map { FaultForm.name(of: $0.fault) })
    #expect(FaultForm.all.map(\.name).sorted() == named.sorted())
  }

  /// Faults that are none, and a part of what is said to each.
  static let wrongFaults: [(text: String, message: String)] = [
    ("silense", "unknown fault 'silense'; did you mean 'silence'?"),
    ("full-listen-que", "did you mean 'full-listen-queue'?"),
    ("zzz", "unknown fault 'zzz'; expected one of silence, one-byte-at-a-time:SECONDS, stop:BYTES"),
    ("", "unknown fault ''"), ("stop", "wrong parameters of fault 'stop'; expected 'stop:BYTES'"),
    ("stop:", "expected 'stop:BYTES'"), ("stop:-1", "expected 'stop:BYTES'"),
    ("stop:1:2", "expected 'stop:BYTES'"), ("silence:1", "expected 'silence'"),
    ("slow-restart:x", "expected 'slow-restart:SECONDS'"),
    ("slow-restart:nan", "expected 'slow-restart:SECONDS'"),
    ("garbage:1:2:3", "expected 'garbage:BYTES[:SEED]'"),
  ]

  @Test("A fault that is none is refused with the right form", arguments: wrongFaults)
  func aFaultThatIsNone(
    _ example: (text: String, message: String)
  ) {
    let error = #expect(throws: (any Error).self) {
      try DaemonCommand.parse(["--socket", "/s", "--fault", example.text])
    }
    #expect(error.map { DaemonCommand.exitCode(for: $0) } == ExitCode(64))
    #expect(error.map { DaemonCommand.message(for: $0) }?.contains(example.message) == true)
  }
}

extension PathVerdict {
  /// The verdict of sendmail on a path without a file.
  fileprivate static var example: PathVerdict {
    PathSafety().check(Array("/s".utf8)) { _ in .failed(.missing) }
  }
}
