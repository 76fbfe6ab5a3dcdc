// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// Every command under every failure: it exits with the status of the manual's table and says why, under
/// `--format json` in one object.
enum FailureRows {
  static var all: [ContractRow] {
    CommandForm.all.filter { !excluded.contains($0.id) && $0.result != .plugin }.flatMap { form in
      Situation.allCases.flatMap { situation -> [ContractRow] in
        guard situation.isPossible, let statuses = expected(form, situation) else { return [] }
        return form.usualFormats.map { format in
          ContractRow("\(form.id)/\(situation.rawValue)/\(format)") {
            try await violations(of: form, situation, format, statuses)
          }
        }
      }
    } + starts + scripts
  }

  /// Programs that cannot be run as sendmail.
  private static var starts: [ContractRow] {
    let programs: [(String, String, Int32)] = [
      ("missing", "/nonexistent/sendmail", 71), ("not executable", "/etc/passwd", 77),
      ("a directory", "/tmp", 77), ("fails with 75", CommandForm.sendmail, 75),
    ]
    return programs.flatMap { name, program, status in
      ["classic", "json"].map { format in
        ContractRow("start/sendmail \(name)/\(format)") {
          let place = try ContractPlace()
          try place.directory.write("exit 75\n", to: "behaviour")
          let result = try await place.run(["start", "--sendmail", program, "--format", format])
          var violations = Violations()
          violations.add(result.violations(ofStatus: [status]))
          violations.add(result.violationsOfErrors())
          if format == "json" { violations.add(result.violationsOfJSON(command: "start")) }
          return violations.list
        }
      }
    }
  }

  /// A configuration that sendmail would not start with.
  private static var refusals: [ContractRow] {
    CommandForm.all.filter { ["start", "restart"].contains($0.command) }.flatMap { form in
      ["classic", "json"].map { format in
        ContractRow("\(form.id)/sendmail would not start/\(format)") {
          let place = try ContractPlace(lines: ["O RunAsUser=no-such-user"])
          let result = try await place.run(form.words + ["--format", format])
          var violations = Violations()
          violations.add(result.violations(ofStatus: [ExitCode.refused]))
          violations.add(result.violationsOfErrors())
          if format == "json" { violations.add(result.violationsOfJSON(command: form.command)) }
          violations.require(place.startedSendmails.isEmpty, "expected no run of sendmail")
          return violations.list
        }
      }
    }
  }

  /// A file of commands that cannot be read, and programs after `|` that cannot be run.
  private static var scripts: [ContractRow] {
    let programs: [(String, String, Int32)] = [
      ("missing", "/nonexistent/program", 71), ("not executable", "/etc/passwd", 77),
    ]
    return [
      ContractRow("script/a directory as standard input") {
        let place = try ContractPlace()
        let directory = try FileDescriptor.open(FilePath("/tmp"), .readOnly, options: .closeOnExec)
        defer { try? directory.close() }
        let ending = try await RunningProgram.run(
          BuiltBinaries.smcontrol, environment: place.environment(), input: directory
        ) { await $0.waitForEnding(within: .seconds(60)) }
        return ending == .exited(66) ? [] : ["expected 66, it \(String(describing: ending))"]
      }
    ]
      + programs.map { name, program, status in
        ContractRow("script/a program after |/\(name)") {
          try await ContractPlace().run(["-e", "config | \(program)"])
            .violations(ofStatus: [status])
        }
      } + refusals
  }

  /// Forms that neither read a configuration nor ask a daemon.
  private static let excluded = [
    "help", "help status", "audit --explain socket.mode", "schema", "schema status",
  ]

  /// A situation that a run of smcontrol meets.
  private enum Situation: String, CaseIterable {
    case noSocketConfigured = "no socket configured"
    case missingSocket = "missing socket"
    case staleSocket = "stale socket"
    case notASocket = "not a socket"
    case noPermission = "no permission"
    case silentDaemon = "silent daemon"
    case fullListenQueue = "full listen queue"
    case emptyReply = "empty reply"
    case cutInFirstLine = "reply cut in its first line"
    case cutAfterFirstLine = "reply cut after its first line"
    case cutInLastLine = "reply cut in its last line"
    case malformedReply = "malformed reply"
    case refusal
    case missingConfiguration = "missing configuration"
    case directoryAsConfiguration = "directory as configuration"
    case unreadableConfiguration = "unreadable configuration"

    /// True if the tests' user can arrange it.
    var isPossible: Bool {
      switch self {
      case .noPermission, .unreadableConfiguration: SystemUser.isRoot
      default: true
      }
    }
  }

  /// The statuses of the manual's table; `nil` where the situation makes no difference to the form.
  private static func expected(_ form: CommandForm, _ situation: Situation) -> Set<Int32>? {
    switch situation {
    case .missingConfiguration, .directoryAsConfiguration, .unreadableConfiguration: [66]
    default:
      form.needsReply
        ? expectedWithoutReply(form, situation) : expectedOfOthers(form, situation)
    }
  }

  private static func expectedWithoutReply(
    _ form: CommandForm, _ situation: Situation
  ) -> Set<Int32>? {
    switch situation {
    case .noSocketConfigured, .notASocket: [78]
    case .missingSocket, .staleSocket: [69]
    case .noPermission: [77]
    case .silentDaemon, .fullListenQueue: [75]
    case .emptyReply, .cutInFirstLine, .cutInLastLine: [65]
    // Of replies without a form no one can tell that lines are missing.
    case .cutAfterFirstLine: ["status", "mstat"].contains(form.id) ? [65] : nil
    case .malformedReply: CannedReply.isParsed(by: form) ? [65] : nil
    case .refusal: [1]
    default: nil
    }
  }

  private static func expectedOfOthers(
    _ form: CommandForm, _ situation: Situation
  ) -> Set<Int32>? {
    switch (form.command, situation) {
    // What is not set is no value.
    case ("config", .noSocketConfigured)
    where form.words.count > 1 && form.words[1] == "ControlSocketName":
      [1]
    case ("status", .noSocketConfigured), ("status", .notASocket): [69, 78]
    case ("status", .missingSocket), ("status", .staleSocket): [69]
    case ("status", .noPermission): [0, 77]
    case ("status", .silentDaemon), ("status", .fullListenQueue): [0]
    case ("status", _): nil
    // sendmail is started, and with --wait nothing comes of it.
    case ("start", .noSocketConfigured): form.waitOptions.isEmpty ? [0] : [78]
    case ("start", .missingSocket), ("start", .staleSocket):
      form.waitOptions.isEmpty ? [0] : [75]
    case ("start", .notASocket): [78]
    case ("start", .noPermission): [77]
    // A daemon is there, whatever it says.
    case ("start", _): [1]
    case ("audit", .emptyReply), ("audit", .cutInFirstLine), ("audit", .cutAfterFirstLine),
      ("audit", .cutInLastLine), ("audit", .malformedReply), ("audit", .refusal):
      nil
    case ("audit", _): [0, 1, 77]
    // The daemon is not sendmail, so that its children are not known.
    case ("metrics", _): [0, 71, 77]
    case ("config", .emptyReply), ("config", .cutInFirstLine), ("config", .cutAfterFirstLine),
      ("config", .cutInLastLine), ("config", .malformedReply), ("config", .refusal):
      nil
    default: form.mayFind ? [0, 1] : [0]
    }
  }

  private static func violations(
    of form: CommandForm, _ situation: Situation, _ format: String, _ statuses: Set<Int32>
  ) async throws -> [String] {
    let place = try ContractPlace()
    let result = try await run(form, situation, ["--format", format], in: place)
    var violations = Violations()
    violations.add(result.violations(ofStatus: statuses))
    // The output of audit and of status --passive says it all.
    let isFinding = form.result == .finding && form.command != "start"
    violations.add(result.violationsOfErrors(explains: !isFinding))
    if format == "json" { violations.add(result.violationsOfJSON(command: form.command)) }
    return violations.list
  }

  private static func run(
    _ form: CommandForm, _ situation: Situation, _ format: [String], in place: ContractPlace
  ) async throws -> CommandResult {
    let words = form.words + form.waitOptions + format
    // Long enough for a busy machine, and short where it must pass.
    let asksDaemon =
      ListedOptions.names(of: "--timeout", of: form.command) != nil
      && !["queues", "metrics"].contains(form.id)
    let short = words + (asksDaemon ? ["--timeout", "0.5"] : [])
    let reply = CannedReply.whole(to: form)
    switch situation {
    case .noSocketConfigured:
      try place.directory.write(
        "V10/Berkeley\nO QueueDirectory=\(place.directory.path)\nO PidFile=\(place.directory["pid"])\n"
          + "O DaemonPortOptions=Name=MTA, Addr=127.0.0.1, Port=1\nO StatusFile=statistics\n"
          + ScratchDaemon.mailers.joined(separator: "\n") + "\n", to: "sendmail.cf")
      return try await place.run(words)
    case .missingSocket: return try await place.run(words)
    case .staleSocket:
      try await place.withDaemon { await $0.crash() }
      return try await place.run(words)
    case .notASocket:
      try place.directory.write("no socket\n", to: "ctl")
      return try await place.run(words)
    case .noPermission:
      try open(place)
      return try await place.withDaemon { _ in try await place.run(words, user: .ordinary()) }
    case .silentDaemon:
      return try await place.withDaemon({ $0.fault = .silence }) { _ in
        try await place.run(short)
      }
    case .fullListenQueue:
      return try await place.withDaemon({ $0.fault = .fullListenQueue }) { _ in
        try await place.run(short)
      }
    case .emptyReply: return try await run(words, [], in: place)
    case .cutInFirstLine:
      return try await run(words, CannedReply.cutInFirstLine(reply), in: place)
    case .cutAfterFirstLine: return try await run(words, CannedReply.firstLine(reply), in: place)
    case .cutInLastLine: return try await run(words, CannedReply.cutInLastLine(reply), in: place)
    case .malformedReply:
      return try await run(words, Array("<html>\r\n</html>\r\n".utf8), in: place)
    case .refusal:
      return try await run(words, Array("Bad command (\(form.command))\r\n".utf8), in: place)
    case .missingConfiguration: return try await place.run(["-C", "@DIR@/none.cf"] + words)
    case .directoryAsConfiguration: return try await place.run(["-C", "@DIR@"] + words)
    case .unreadableConfiguration:
      try open(place)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: place.configurationFile.string)
      return try await place.run(words, user: .ordinary())
    }
  }

  /// Runs smcontrol with a daemon that gives this reply to everything.
  private static func run(
    _ words: [String], _ reply: [UInt8], in place: ContractPlace
  ) async throws -> CommandResult {
    let server = try ReplyServer(at: place.socket, reply: reply)
    defer { withExtendedLifetime(server) {} }
    return try await place.run(words)
  }

  /// Lets all users search the directory of `place`.
  private static func open(_ place: ContractPlace) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: place.directory.path.string)
  }
}
