// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// A directory with a daemon in some state, and a queue of three messages of which the oldest came two hours
/// ago.
struct MonitoredPlace {
  /// The daemon's state.
  enum DaemonState: String, CaseIterable {
    case accepting = "accepting connections"
    case rejecting = "rejecting connections on daemon MTA: load average: 14"
    case shortOfSpace = "rejecting new messages: min free: 100"
    case down
    case stopped
    case hanging

    /// The title of its process.
    var title: String {
      switch self {
      case .accepting, .rejecting, .shortOfSpace: rawValue
      case .down, .stopped, .hanging: DaemonState.accepting.rawValue
      }
    }

    /// The exit status of `check --state`.
    var status: Int32 {
      switch self {
      case .accepting: 0
      case .rejecting, .shortOfSpace: 1
      case .down, .stopped, .hanging: 2
      }
    }
  }

  let directory: TemporaryDirectory
  /// smcontrol by a path without blanks, which files of monitoring systems need.
  let program: FilePath
  /// The queue directory, which the tests make unreadable.
  let queue = "mq"

  init() throws {
    directory = try TemporaryDirectory()
    program = try directory.makeLink("smcontrol", to: BuiltBinaries.smcontrol)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: directory.path.string)
    try directory.makeDirectory(queue)
    try ScratchDaemon.writeConfigurationFile(
      in: directory,
      lines: [
        "O ControlSocketName=\(directory["ctl"])", "O QueueDirectory=\(directory[queue])",
        "O MaxDaemonChildren=40",
      ])
    try directory.write(
      "V10/Berkeley\nO UseMSP=True\nO QueueDirectory=\(directory[queue])\n", to: "submit.cf")
    let now = Int(Date().timeIntervalSince1970)
    for (number, age) in [60, 600, 7200].enumerated() {
      let id = "mon\(number)"
      let file = try directory.write("V8\nT\(now - age)\nK0\nN0\n.\n", to: "\(queue)/qf\(id)")
      try directory.write("text\n", to: "\(queue)/df\(id)")
      // An id that sendmail did not make says no time, the file's date does.
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: Double(now - age))],
        ofItemAtPath: file.string)
    }
  }

  /// Lets every user read the queue, or no one but root.
  func setReadable(_ isReadable: Bool) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: isReadable ? 0o755 : 0o000],
      ofItemAtPath: directory[queue].string)
  }

  /// Runs smcontrol with `words`, as an ordinary user.
  func run(_ words: [String]) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", directory["sendmail.cf"].string] + words, user: .ordinary())
  }

  /// Runs `body` with a daemon in `state`: a process with its title and its PID file, and a listener.
  func withDaemon<Result>(
    _ state: DaemonState, body: () async throws -> Result
  ) async throws -> Result {
    guard state != .down else { return try await body() }
    // A process of the same user as smcontrol: others may be hidden.
    try SystemUser.ordinary().own(try directory.makeDirectory("run"))
    return try await RunningProgram.run(
      "/bin/bash",
      [
        "-c", "mkfifo $0; exec 0<>$0; exec -a 'sendmail: \(state.title)' cat",
        directory["run/fifo"].string,
      ], user: .ordinary()
    ) { process in
      try directory.write("\(process.processID)\nsendmail -bd\n", to: "pid")
      try await eventually("the process to have its title") {
        (try? String(contentsOfFile: "/proc/\(process.processID)/cmdline", encoding: .utf8))?
          .hasPrefix("sendmail:") == true
      }
      if state == .stopped {
        try process.signal(SIGSTOP)
        try await eventually("the process to be stopped") {
          (try? String(contentsOfFile: "/proc/\(process.processID)/stat", encoding: .utf8))?
            .contains(") T ") == true
        }
      }
      var configuration = ScratchDaemon.configuration(in: directory)
      configuration.pidFile = nil
      if state == .hanging { configuration.fault = .fullListenQueue }
      return try await withControlDaemon(configuration) { _ in try await body() }
    }
  }
}

/// The output of plugins as Perl's Monitoring::Plugin reads it.
struct PluginReading: Decodable {
  let service: String?
  let state: String?
  let words: String?
  let length: Int
  let values: [Value]

  struct Value: Decodable {
    let label: String
    let value: Double
    let unit: String
    let warning: String?
    let critical: String?
    let state: Int32
  }

  /// Reads `outputs`.
  static func read(_ outputs: [String]) async throws -> [PluginReading] {
    let outcome = try await ProcessRunner.run(
      ProjectFiles.file("Tests/Peers/read-plugin"), input: Array(try JSONEncoder().encode(outputs)))
    guard outcome.status == 0 else { throw HarnessError(outcome.errorOutput) }
    return try JSONDecoder().decode([PluginReading].self, from: Data(outcome.standardOutput))
  }

  /// True if there is a reader: always in CI, where its absence is an error.
  static func isThere() async throws -> Bool {
    let outcome = try await ProcessRunner.run(
      "/usr/bin/perl", ["-MMonitoring::Plugin::Performance", "-MJSON::PP", "-e", "1"])
    return WantedTests.mayExpect(
      outcome.status == 0,
      otherwise: """
        The output of check is not compared with the reference implementation: Perl's \
        Monitoring::Plugin is missing (libmonitoring-plugin-perl)
        """)
  }
}
