// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// The directory of a row, with the configuration that its runs of smcontrol are about.
///
/// `sendmail.cf` names the socket `ctl`, the PID file `pid`, the statistics file `statistics` and this
/// directory as the queue, in which two messages wait. `submit.cf` is beside it.
struct ContractPlace: Sendable {
  let directory: TemporaryDirectory

  var socket: FilePath { directory["ctl"] }
  var configurationFile: FilePath { directory["sendmail.cf"] }

  /// A new one.
  ///
  /// `lines` are more lines of `sendmail.cf`.
  init(lines: [String] = []) throws {
    directory = try TemporaryDirectory()
    try ScratchDaemon.writeConfigurationFile(
      in: directory, lines: ["O StatusFile=statistics"] + lines)
    try directory.write(StatisticsFile.bytes, to: "statistics")
    try directory.makeDirectory("clients")
    try directory.write(
      """
      V10/Berkeley
      O UseMSP=True
      O QueueDirectory=\(directory.path)/clients

      """, to: "submit.cf")
    for (number, domain) in ["one.example", "two.example"].enumerated() {
      let id = "05L7ad0\(number)012345"
      try directory.write(
        "V8\nT1700000000\nK0\nN0\nP30000\nMDeferred: \(domain)\nS<me@\(domain)>\nRPFD:<you@\(domain)>\n.\n",
        to: "qf\(id)")
      try directory.write("text\n", to: "df\(id)")
    }
  }

  /// Runs `body` with a daemon here that is shut down whatever happens.
  ///
  /// `prepare` changes the daemon's configuration before the start.
  func withDaemon<Result>(
    _ prepare: (inout DaemonConfiguration) -> Void = { _ in },
    body: (ControlDaemon) async throws -> Result
  ) async throws -> Result {
    var configuration = ScratchDaemon.configuration(in: directory)
    configuration.state.heapReport = HeapReport(level: 2, items: .listed([]))
    configuration.state.processes.enter(.queueRunner(pid: 4_000_000))
    for number in 1...2 {
      configuration.state.processes.enter(
        .smtpServer(pid: 4_194_300 + Int32(number), peer: "192.0.2.\(number)"))
    }
    prepare(&configuration)
    return try await withControlDaemon(configuration, body)
  }

  /// Runs `body` with a daemon that a single child brings to its limit: each query would.
  func withFullDaemon<Result>(
    _ body: (ControlDaemon) async throws -> Result
  ) async throws -> Result {
    let lines = text("sendmail.cf") ?? ""
    try directory.write(lines + "O MaxDaemonChildren=1\n", to: "sendmail.cf")
    // Its children are looked for below the process in the PID file, if that is sendmail.
    return try await RunningProgram.run(
      "/bin/bash",
      [
        "-c", "mkfifo $0; exec 0<>$0; exec -a 'sendmail: accepting connections' cat",
        directory["fifo"].string,
      ]
    ) { process in
      try directory.write("\(process.processID)\nsendmail -bd\n", to: "pid")
      try await eventually("the process to have its title") {
        (try? String(contentsOfFile: "/proc/\(process.processID)/cmdline", encoding: .utf8))?
          .hasPrefix("sendmail:") == true
      }
      return try await withDaemon({ $0.pidFile = nil }, body: body)
    }
  }

  /// Runs smcontrol here and waits for its end. JSON objects on standard output are validated.
  ///
  /// `words` are the arguments; `@DIR@` in them is this directory. `environment` has variables
  /// besides `SMCONTROL_CF`, which names `sendmail.cf` here. `input` is all of standard input.
  /// `limit` is the longest time that it may take; then it is killed.
  func run(
    _ words: [String], environment: [String: String?] = [:], input: String = "",
    user: SystemUser? = nil, within limit: Duration = .seconds(120)
  ) async throws -> CommandResult {
    let words = expand(words)
    let files = try ["in", "out", "err"].map { _ in try unnamedFile() }
    defer { for file in files { try? file.close() } }
    try files[0].writeAll(input.utf8)
    try files[0].seek(offset: 0, from: .start)
    return try await RunningProgram.run(
      BuiltBinaries.smcontrol, words, environment: self.environment(with: environment),
      workingDirectory: directory.path, user: user, input: files[0], output: files[1],
      error: files[2]
    ) { program in
      let ending = await program.waitForEnding(within: limit)
      let result = CommandResult(
        words: words, ending: ending, outputBytes: try contents(of: files[1]),
        errorBytes: try contents(of: files[2]))
      let complaints = await SchemaValidator.shared.complaints(about: result.outputBytes)
      guard complaints.isEmpty else { throw HarnessError(complaints.joined(separator: "; ")) }
      return result
    }
  }

  /// `words` with the path of this directory for `@DIR@`.
  func expand(_ words: [String]) -> [String] {
    words.map { $0.replacing("@DIR@", with: directory.path.string) }
  }

  /// The environment of smcontrol here.
  func environment(with more: [String: String?] = [:]) -> [String: String?] {
    SMControlRun.cleanEnvironment
      .merging([
        "SMCONTROL_CF": configurationFile.string, "HOME": directory.path.string,
        "XDG_STATE_HOME": nil, "SMCONTROL_HISTFILE": "", "NO_COLOR": nil, "CLICOLOR_FORCE": nil,
        "COLUMNS": nil, "LC_ALL": "C.UTF-8",
      ]) { $1 }
      .merging(more) { $1 }
  }

  /// The names of the files here.
  func fileNames() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: directory.path.string))
  }

  /// Returns the contents of the file `name`, or `nil` when it is not there.
  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: directory[name].string)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The arguments of the runs of the stub for sendmail, a line each.
  var startedSendmails: [String] {
    (text("started") ?? "").split(separator: "\n").map(String.init)
  }

  /// A file without a name, for what a program reads or writes.
  private func unnamedFile() throws -> FileDescriptor {
    let name = "unnamed-\(UInt64.random(in: 0...UInt64.max))"
    defer { directory.unlink(name) }
    return try FileDescriptor.open(
      directory[name], .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: .ownerReadWrite)
  }

  private func contents(of file: FileDescriptor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = try unsafe buffer.withUnsafeMutableBytes {
        try unsafe file.read(fromAbsoluteOffset: Int64(bytes.count), into: $0)
      }
      guard count > 0 else { return bytes }
      bytes += buffer.prefix(count)
    }
  }
}

extension ControlDaemon {
  /// The connections accepted and the requests read so far, those of clients that have ended included.
  ///
  /// The daemon accepts in the order of the connections, so one more tells that it has seen all before.
  func eventsSoFar(at socket: FilePath) async throws -> (connections: Int, requests: [String]) {
    let mark = "mark-\(UInt32.random(in: 0...UInt32.max))"
    let reply = try await RawControlClient.exchange(socket, mark)
    guard !reply.bytes.isEmpty else { throw HarnessError("the daemon at \(socket) is going away") }
    var connections = 0
    var requests: [String] = []
    for await event in events {
      switch event {
      case .accepted: connections += 1
      case .request(let request) where request.word.elementsEqual(mark.utf8):
        return (connections - 1, requests)
      case .request(let request):
        requests.append(String(decoding: request.bytes, as: UTF8.self))
      default: break
      }
    }
    return (connections, requests)
  }
}
