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
  static let shell = read("man/smcontrol-shell.7")
  static let queues = read("man/smcontrol-queues.7")
  static let check = read("man/smcontrol-check.7")
  /// The names of all pages.
  static let pages =
    (try? FileManager.default.contentsOfDirectory(atPath: ProjectFiles.file("man").string))?
    .sorted() ?? []

  static func read(_ name: String) -> String {
    let data = FileManager.default.contents(atPath: ProjectFiles.file(name).string) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  @Test("Every command is in it, and no other")
  func commands() throws {
    let section = try #require(
      Self.manual.firstMatch(of: /\.Sh COMMANDS\n((?s).*?)\.Sh OPTIONS/)?.output.1)
    let described = section.matches(of: /\n\.It Cm ([a-z]+)/).map { String($0.output.1) }
    #expect(described.sorted() == CommandTable.commands.map(\.name).sorted())
  }

  @Test("Every option of every command is in it, or in the page about the command")
  func options() throws {
    let commands = CommandTable.commands(in: .shell)
    let options = commands.flatMap(\.options) + CommandTable.startOptions + [.help, .version]
    for name in Set(options.flatMap(\.names)) {
      #expect(Self.names(name, in: Self.manual + Self.queues + Self.check), "\(name)")
    }
  }

  @Test("Every command of the shell is in the shell's page, and no other")
  func shellCommands() throws {
    let section = try #require(
      Self.shell.firstMatch(of: /\.Ss Commands of the shell\n((?s).*?)\.Ss Keys/)?.output.1)
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

  /// Returns whether `manual` names the option called `name`.
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

  @Test("Every variable is in it", arguments: EnvironmentVariables.Name.allCases)
  func variables(name: EnvironmentVariables.Name) {
    let lines = (Self.manual + Self.shell).split(separator: "\n").filter { $0.hasPrefix(".It Ev ") }
    #expect(lines.contains { $0.split(separator: " ").contains { $0 == name.rawValue } })
  }

  @Test("The exit statuses are those there are")
  func exitStatuses() throws {
    let section = try #require(
      Self.manual.firstMatch(of: /\.Sh EXIT STATUS\n((?s).*?)\.Sh EXAMPLES/)?.output.1)
    let described = section.matches(of: /\n\.It ([0-9]+)/).compactMap { Int32($0.output.1) }
    #expect(described == ExitStatus.allCases.map(\.rawValue))
  }

  @Test("smcontrol(8) is short enough to be read")
  func length() {
    #expect(Self.manual.split(separator: "\n").count <= 350)
  }

  @Test("mandoc has no complaint", arguments: pages)
  func lint(name: String) async throws {
    // Whether the manuals it refers to are installed is no matter of the text.
    let outcome = try await ProcessRunner.run(
      "/usr/bin/mandoc", ["-T", "lint", ProjectFiles.file("man/\(name)").string])
    let complaints = outcome.output.split(separator: "\n")
      .filter { !$0.contains("referenced manual not found") }
    #expect(complaints == [])
  }
}
