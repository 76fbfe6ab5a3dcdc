// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("smcontrol audit")
struct AuditCommandTests {
  /// A configuration with a safe queue, a missing socket directory, and nothing else.
  private func configuration(
    in directory: TemporaryDirectory, socket: String, lines: [String] = []
  ) throws -> FilePath {
    let queue = try directory.makeDirectory("mq")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: queue.string)
    return try directory.write(
      ([
        "V10/Berkeley", "O QueueDirectory=\(queue)", "O ControlSocketName=\(socket)",
        "O PidFile=\(directory["pid"])",
      ] + lines).joined(separator: "\n") + "\n", to: "test.cf")
  }

  private func members(_ outcome: ProcessOutcome) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    return try #require(object as? [String: Any])
  }

  private func findings(_ members: [String: Any]) throws -> [[String: Any]] {
    let configurations = try #require(members["configurations"] as? [[String: Any]])
    return configurations.flatMap { $0["groups"] as? [[String: Any]] ?? [] }
      .flatMap { $0["findings"] as? [[String: Any]] ?? [] }
  }

  private func rules(_ members: [String: Any]) throws -> Set<String> {
    Set(try findings(members).compactMap { $0["rule"] as? String })
  }

  @Test("An error is reported with its rule, its reason and its fix, and exits with 1")
  func error() async throws {
    try await withTemporaryDirectory { directory in
      let socket = "\(directory.path)/none it's/ctl"
      let file = try configuration(in: directory, socket: socket)
      let outcome = try await SMControlRun.run(["-C", file.string, "audit"])
      #expect(outcome.status == 1)
      #expect(outcome.output.hasPrefix("\(file) (daemon)\n\nControl socket \(socket)\n"))
      for part in [
        "  error socket.directory-world-writable\n    found  /tmp: mode 1777: all users may write",
        "\"daemon could not open control socket \(socket): World writable directory\"",
        "drwxrwxrwt root", "<- world-writable", "  error socket.directory-missing\n",
        "fix    install -d -o root -m 0755 '\(directory.path)/none it'\\''s'\n",
        "\nQueue directory \(directory["mq"])\n", "2 errors",
      ] {
        #expect(outcome.output.contains(part), "\(part) \(outcome.output)")
      }
      #expect(!outcome.output.contains("\u{1B}"))
    }
  }

  @Test("JSON has the same findings")
  func json() async throws {
    try await withTemporaryDirectory { directory in
      let file = try configuration(in: directory, socket: "\(directory.path)/none/ctl")
      let outcome = try await SMControlRun.run(["-C", file.string, "audit", "--format", "json"])
      #expect(outcome.status == 1)
      let members = try members(outcome)
      #expect(members["schema"] as? String == "smcontrol.audit/1")
      #expect(members["exitStatus"] as? Int == 1)
      #expect(members["errorCount"] as? Int == 2)
      let rules = try rules(members)
      #expect(
        rules.isSuperset(of: ["socket.directory-missing", "socket.directory-world-writable"]))
      for finding in try findings(members) {
        let name = try #require(finding["rule"] as? String)
        let rule = try #require(AuditRule(name: name))
        #expect(finding["severity"] as? String == rule.severity.rawValue)
        #expect(finding["requirement"] as? String == rule.requirement)
      }
    }
  }

  @Test("A queue below root's directories has no errors or warnings", .needsRoot)
  func noFindings() async throws {
    try await withTemporaryDirectory(below: "/var/lib") { directory in
      let file = try configuration(in: directory, socket: "\(directory["mq"])/.control")
      let outcome = try await SMControlRun.run(["audit", "-C", file.string])
      #expect(outcome.status == 0, "\(outcome.output)")
      #expect(outcome.errorOutput == "")
      #expect(outcome.output.contains("0 errors, 0 warnings"))
    }
  }

  @Test("An ordinary user's audit names what was not checked", .needsRoot)
  func unchecked() async throws {
    try await withTemporaryDirectory(below: "/var/lib") { directory in
      _ = unsafe chmod(directory.path.string, 0o755)
      let file = try configuration(in: directory, socket: "\(directory["mq"])/.control")
      let program = directory["smcontrol"]
      try FileManager.default.copyItem(
        atPath: BuiltBinaries.smcontrol.string, toPath: program.string)
      let nobody = try SystemUser.ordinary()
      for format in ["classic", "json"] {
        let outcome = try await ProcessRunner.run(
          program, ["audit", "-C", file.string, "--format", format],
          environment: SMControlRun.cleanEnvironment, user: nobody)
        #expect(outcome.status == 77, "\(outcome.output)")
        let queue = directory["mq"]
        #expect(
          outcome.errorOutput.contains(
            "smcontrol: not checked: \(queue)/.control: Permission denied\n"),
          "\(outcome.errorOutput)"
        )
        #expect(outcome.errorOutput.contains("run it as root"))
        if format == "json" {
          #expect(try members(outcome)["complete"] as? Bool == false)
        } else {
          #expect(outcome.output.contains("not checked: \(queue)/.control: Permission denied"))
        }
      }
      // An error is certain, whatever was not checked.
      let both = try await ProcessRunner.run(
        program, ["audit", "-C", file.string, "-O", "ControlSocketName=/tmp/none/ctl"],
        environment: SMControlRun.cleanEnvironment, user: nobody)
      #expect(both.status == 1)
      #expect(both.errorOutput.contains("not checked: "))
    }
  }

  @Test("A listener that is not sendmail is found without a connection")
  func listener() async throws {
    try await ScratchDaemon.run { scratch in
      for way in [
        ["-C", scratch.configurationFile.string],
        ["-C", scratch.configurationFile.string, "-f", scratch.socket.string],
      ] {
        let outcome = try await SMControlRun.run(["audit", "--format", "json"] + way)
        let members = try members(outcome)
        let found = try findings(members).first { $0["rule"] as? String == "listener.not-sendmail" }
        let text = try #require(found?["found"] as? String, "\(outcome.output)")
        #expect(text.hasPrefix("process \(TestProcess.id) listens"))
        #expect(outcome.status == 1)
      }
      // The first thing the daemon hears is this.
      _ = try await RawControlClient.exchange(scratch.socket, "help")
      #expect(await scratch.daemon.requests.first { _ in true }?.bytes == Array("help\n".utf8))
    }
  }

  @Test("A daemon that listens on a removed socket does not hide the one that took its place")
  func replacedSocket() async throws {
    guard KernelSockets.areTold else { return }
    try await ScratchDaemon.run { scratch in
      let path = scratch.socket.string
      try FileManager.default.moveItem(atPath: path, toPath: scratch.directory["away"].string)
      try TreeEntry.make(.socket, "ctl", 0o600, owner: SystemUser.current.userID)
        .make(below: scratch.directory.path)
      #expect(path == scratch.directory["ctl"].string)
      let outcome = try await SMControlRun.run(
        ["audit", "--format", "json", "-C", scratch.configurationFile.string])
      #expect(try rules(members(outcome)).contains("socket.no-listener"))
    }
  }

  @Test("A socket without a listener, and a file that sendmail would remove, are findings")
  func leftovers() async throws {
    try await withTemporaryDirectory { directory in
      let file = try configuration(in: directory, socket: "ctl")
      try TreeEntry.make(.socket, "mq/ctl", 0o600, owner: SystemUser.current.userID)
        .make(below: directory.path)
      let stale = try await SMControlRun.run(["audit", "-C", file.string, "--format", "json"])
      #expect(try rules(members(stale)).contains("socket.no-listener"))
      try directory.write("important", to: "mq/precious")
      let other = try await SMControlRun.run(
        ["audit", "-C", file.string, "-O", "ControlSocketName=precious"])
      #expect(other.status == 1)
      #expect(other.output.contains("it is a regular file, 9 bytes, modified 20"))
      #expect(other.output.contains("REMOVES IT"))
    }
  }

  @Test("--explain explains every rule and reads no file", arguments: AuditRule.all.map(\.name))
  func explain(name: String) async throws {
    let rule = try #require(AuditRule(name: name))
    let outcome = try await SMControlRun.run(
      ["audit", "--explain", rule.name, "-C", "/nonexistent"])
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        \(rule.name) (\(rule.severity.rawValue))

          \(rule.requirement)

          \(rule.reason)

          Source: \(rule.source).

        """)
  }

  @Test("--explain in JSON")
  func explainJSON() async throws {
    let outcome = try await SMControlRun.run(
      ["audit", "--explain", "queue.open", "--format", "json"])
    let members = try members(outcome)
    #expect(members["schema"] as? String == "smcontrol.audit-rule/1")
    #expect(members["rule"] as? String == "queue.open")
    #expect(members["severity"] as? String == "warning")
  }

  @Test("Words that mean nothing are refused, with the nearest that does")
  func usage() async throws {
    let unknown = try await SMControlRun.run(["audit", "--explain", "queue.opn"])
    #expect(unknown.status == 64)
    #expect(unknown.standardOutput.isEmpty)
    #expect(
      unknown.errorOutput.hasPrefix(
        "smcontrol: audit: --explain 'queue.opn': expected the name of a rule; did you mean 'queue.open'?\n"
      ))
    for arguments in [["--all", "-Ac"], ["--all", "-f", "/x"]] {
      let outcome = try await SMControlRun.run(["audit"] + arguments)
      #expect(outcome.status == 64, "\(arguments)")
    }
    let missing = try await SMControlRun.run(["audit", "-C", "/nonexistent/test.cf"])
    #expect(missing.status == 66)
  }

  @Test("The mail submission program's file has its own rules")
  func client() async throws {
    try await withTemporaryDirectory { directory in
      let file = try configuration(
        in: directory, socket: "\(directory.path)/ctl", lines: ["O UseMSP=True"])
      let outcome = try await SMControlRun.run(["audit", "-C", file.string, "--format", "json"])
      let rules = try rules(members(outcome))
      #expect(rules.contains("socket.unused") && rules.contains("client-queue.file-mode"))
      #expect(!rules.contains { $0.hasPrefix("socket.directory") })
    }
  }

  @Test("--all audits submit.cf beside the file, by the rules for that; without one it says so")
  func both() async throws {
    try await withTemporaryDirectory { directory in
      let file = try configuration(in: directory, socket: "\(directory.path)/ctl")
      let alone = try await SMControlRun.run(["audit", "-C", file.string, "--all"])
      #expect(alone.status == 66)
      #expect(alone.errorOutput.contains("\(directory.path)/submit.cf"))
      try directory.write(
        "V10\nO QueueDirectory=\(directory.path)/clientmqueue\nO UseMSP=True\n", to: "submit.cf")
      let outcome = try await SMControlRun.run(
        ["audit", "-C", file.string, "--all", "--format", "json"])
      let configurations = try #require(
        members(outcome)["configurations"] as? [[String: Any]])
      #expect(
        configurations.map { $0["file"] as? String }
          == [file.string, "\(directory.path)/submit.cf"])
      #expect(configurations.map { $0["kind"] as? String } == ["mta", "msp"])
    }
  }
}
