// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

/// The manual says what there is, no less and, of commands and exit statuses, no more.
@Suite("The manual")
struct ManualTests {
  static let manual = read("man/smcontrol.8")

  static func read(_ name: String) -> String {
    let data = FileManager.default.contents(atPath: ProjectFiles.file(name).string) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  @Test("Every command is in it, and no other")
  func commands() throws {
    let section = try #require(
      Self.manual.firstMatch(of: /\.Ss Commands\n((?s).*?)\.Ss Options/)?.output.1)
    let described = section.matches(of: /\n\.It Cm ([a-z]+)/).map { String($0.output.1) }
    #expect(described.sorted() == CommandTable.commands.map(\.name).sorted())
  }

  @Test("Every option of every command is in it, and every command of the shell")
  func options() throws {
    let commands = CommandTable.commands(in: .shell)
    let options = commands.flatMap(\.options) + CommandTable.startOptions + [.help, .version]
    for name in Set(options.flatMap(\.names)) {
      #expect(Self.names(name, in: Self.manual), "\(name)")
    }
    let section = try #require(
      Self.manual.firstMatch(of: /\.Ss Commands of the shell\n((?s).*?)\.Ss Keys/)?.output.1)
    let described = section.matches(of: /\n\.It Cm ([a-z]+)(?: , ([a-z]+))?/)
      .flatMap { [String($0.output.1)] + ($0.output.2.map { [String($0)] } ?? []) }
    #expect(described == CommandTable.shellCommands.flatMap(\.names))
  }

  @Test("Every option of smcontrold is in its manual")
  func optionsOfDaemon() async throws {
    let dump = try await ProcessRunner.run(
      BuiltBinaries.smcontrold, ["--experimental-dump-help"])
    let names = Self.names(in: try JSONSerialization.jsonObject(with: Data(dump.standardOutput)))
    #expect(names.count > 5)
    let manual = Self.read("man/smcontrold.8")
    for name in names where name != "--experimental-dump-help" {
      #expect(Self.names(name, in: manual), "\(name)")
    }
  }

  /// Whether `manual` names the option called `name`.
  private static func names(_ name: String, in manual: String) -> Bool {
    let macro = name.hasPrefix("--") ? "-" + name.dropFirst(2) : String(name.dropFirst())
    return ["\(macro) ", "\(macro)\n", "\\&\(macro)\n"].contains { manual.contains("Fl " + $0) }
  }

  /// `-x` and `--name` of every option in the tree.
  private static func names(in tree: Any) -> Set<String> {
    if let list = tree as? [Any] { return list.reduce(into: []) { $0.formUnion(names(in: $1)) } }
    guard let members = tree as? [String: Any] else { return [] }
    var found = members.values.reduce(into: Set<String>()) { $0.formUnion(names(in: $1)) }
    if let kind = members["kind"] as? String, let name = members["name"] as? String {
      if kind == "short" { found.insert("-\(name)") }
      if kind == "long" { found.insert("--\(name)") }
    }
    return found
  }

  @Test("Every variable is in it", arguments: Environment.Name.allCases)
  func variables(name: Environment.Name) {
    #expect(Self.manual.contains(".It Ev \(name.rawValue)\n"))
  }

  @Test("The exit statuses are those there are")
  func exitStatuses() throws {
    let section = try #require(
      Self.manual.firstMatch(of: /\.Sh EXIT STATUS\n((?s).*?)\.Sh EXAMPLES/)?.output.1)
    let described = section.matches(of: /\n\.It ([0-9]+)/).compactMap { Int32($0.output.1) }
    #expect(described == ExitStatus.allCases.map(\.rawValue))
    let readme = Self.read("README.md")
    for status in ExitStatus.allCases where ![.software, .systemError].contains(status) {
      let isNamed =
        readme.contains("| \(status.rawValue) |") || readme.contains("\(status.rawValue),")
        || readme.contains(", \(status.rawValue) |")
      #expect(isNamed, "README: \(status.rawValue)")
    }
  }

  @Test("Every rule of the audit is in it, as bad as it is, and no other")
  func rules() throws {
    let section = try #require(
      Self.manual.firstMatch(of: /\.Sh AUDIT RULES\n((?s).*?)\.Sh ENVIRONMENT/)?.output.1)
    let described = section.matches(of: /\n\.It Cm ([a-z.-]+) Pq ([a-z]+)\n/)
      .map { "\($0.output.1) \($0.output.2)" }
    #expect(described == AuditRule.all.map { "\($0.name) \($0.severity.rawValue)" })
    let words = section.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for rule in AuditRule.all { #expect(words.contains(rule.requirement), "\(rule.name)") }
  }

  @Test("Every JSON member is in it")
  func members() async throws {
    try await ScratchDaemon.run { scratch in
      var runs: [ProcessOutcome] = []
      for command in ["status", "mstat", "help", "config", "audit", "restart"] {
        let target =
          ["config", "audit"].contains(command)
          ? ["-C", scratch.configurationFile.string] : ["-f", scratch.socket.string]
        runs.append(try await SMControlRun.run(target + [command, "--format", "json"]))
      }
      runs.append(
        try await SMControlRun.run(
          ["-C", scratch.configurationFile.string, "status", "--passive", "--format", "json"]))
      runs.append(try await SMControlRun.run(["-f", "/nonexistent", "status", "--format", "json"]))
      try scratch.directory.write("V8\nS<>\nRPFD:root\n.\n", to: "qfX")
      runs.append(
        try await SMControlRun.run(
          [
            "-C", scratch.configurationFile.string, "queues", "--by-domain", "--format", "json",
          ]))
      runs.append(try await SMControlRun.run(["help", "status", "--format", "json"]))
      runs.append(
        try await SMControlRun.run([
          "-C", scratch.configurationFile.string, "config", "--check", "--format", "json",
        ]))
      runs.append(
        try await SMControlRun.run([
          "-f", scratch.socket.string, "memdump", "--output", scratch.directory["dump"].string,
          "--format", "json",
        ]))
      runs.append(
        try await SMControlRun.run(["audit", "--explain", "queue.open", "--format", "json"]))
      var keys: Set<String> = []
      for run in runs {
        keys.formUnion(
          Self.keys(in: try JSONSerialization.jsonObject(with: Data(run.standardOutput))))
      }
      #expect(keys.count > 40)
      let words = Set(
        Self.manual.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      #expect(keys.subtracting(words) == [])
    }
  }

  private static func keys(in value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(in: $1)) } }
    guard let members = value as? [String: Any] else { return [] }
    return members.reduce(into: Set(members.keys)) { $0.formUnion(keys(in: $1.value)) }
  }

  @Test("mandoc finds nothing wrong", arguments: ["smcontrol.8", "smcontrold.8"])
  func lint(name: String) async throws {
    // Whether the manuals it refers to are installed is no matter of the text.
    let outcome = try await ProcessRunner.run(
      "/usr/bin/mandoc", ["-T", "lint", ProjectFiles.file("man/\(name)").string])
    let complaints = outcome.output.split(separator: "\n")
      .filter { !$0.contains("referenced manual not found") }
    #expect(complaints == [])
  }
}
