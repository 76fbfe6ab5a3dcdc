// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Testing

@testable import SMControlCommands

@Suite("Commands of the shell by their names")
struct ShellTreeTests {
  static let foundOnes: [(String, String)] = [
    ("status", "status"), ("STATUS", "status"), ("st", "status"), ("sta", "status"),
    ("ms", "mstat"), ("me", "memdump"), ("hel", "help"), ("his", "history"), ("qui", "quit"),
    ("exit", "quit"), ("e", "quit"), ("u", "use"), ("restart", "restart"), ("Shutdown", "shutdown"),
    ("start", "start"), ("se", "send"),
  ]

  @Test("A name, in any case, or so much of it that only one is meant", arguments: foundOnes)
  func found(word: String, name: String) throws {
    #expect(try ShellTree.command(for: word).name == name)
  }

  static let refusedOnes: [(String, String)] = [
    ("h", "h: it could be help, history"),
    ("m", "m: it could be memdump, mstat"),
    ("s", "s: it could be send, shutdown, start, status"),
    ("restar", "restar: restart must be written whole"),
    ("shut", "shut: shutdown must be written whole"),
    ("star", "star: start must be written whole"),
    ("sttaus", "sttaus: no such command; did you mean status?"),
    ("xyzzy", "xyzzy: no such command"),
    ("", ": no such command"),
    ("\u{1B}[2J", "\\x1B[2J: no such command"),
  ]

  @Test("What is not clear is refused, with what it could be", arguments: refusedOnes)
  func refused(word: String, message: String) {
    do {
      let command = try ShellTree.command(for: word)
      Issue.record("\(word) is \(command.name)")
    } catch {
      #expect(error.exitCode == ExitStatus.usage.rawValue)
      #expect(error.lines.first == message)
    }
  }

  @Test("What stops or starts the mail system is never run for a part of its name")
  func wholeNames() {
    for name in ["restart", "shutdown", "start"] {
      for length in 1..<name.count {
        let part = String(name.prefix(length))
        let command = try? ShellTree.command(for: part)
        #expect(command.map { ShellTree.wholeNames.contains($0.name) } != true)
      }
    }
  }

  @Test("Every command shows its use by an example that it takes itself")
  func examples() throws {
    for command in ShellTree.commands {
      let words = command.example.split(separator: "|")[0].split(separator: " ").map(String.init)
      #expect(words.first == command.name)
      #expect(throws: Never.self) { try command.parse(Array(words.dropFirst())) }
    }
  }

  @Test("Tab and the question mark know every command and option that the parser knows")
  func grammar() throws {
    let grammar = Grammar.shell
    #expect(grammar.commands.map(\.name) == ShellTree.commands.map { $0.name })
    for command in ShellTree.commands {
      let known = try #require(grammar.command(named: command.name))
      #expect(known.meaning == command.configuration.abstract)
      let help = ShellTree.helpMessage(for: command)
      for option in known.options {
        for name in option.names { #expect(help.contains(name)) }
        #expect(!option.meaning.isEmpty)
      }
    }
    #expect(grammar.command(named: "status")?.option(named: "--format")?.valueName == "format")
    #expect(grammar.command(named: "status")?.option(named: "--by-peer")?.valueName == nil)
    #expect(grammar.options.contains { $0.names == ["-C", "--cf"] || $0.names == ["--cf", "-C"] })
  }
}
