// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemSupport
import Testing

@testable import SMControlCommands

/// The command that `words` spell.
private func command(
  _ words: [Word], in place: CommandLineParser.Place = .program
) throws -> (spec: CommandSpec, line: ParsedLine) {
  guard case .command(let spec, let line) = try CommandLineParser.parse(words, in: place) else {
    throw UsageError("no command")
  }
  return (spec, line)
}

private func utf8(_ words: [String]) -> [Word] { words.map { Array($0.utf8) } }

/// A line as the parser reads it, in a form that tests can write down.
private enum Reading: Equatable, CustomStringConvertible {
  /// A command, its options as `--name=value`, and its arguments.
  case command(String, [String], [String])
  case shell([String])
  case help(String?)
  case version
  case problem(String)

  init(_ words: [String], in place: CommandLineParser.Place = .program) {
    do {
      let words = words.map { Array($0.utf8) }
      switch try CommandLineParser.parse(words, in: place) {
      case .command(let spec, let line):
        self = .command(
          spec.name, Self.options(of: line),
          line.arguments.map { String(decoding: $0, as: UTF8.self) })
      case .shell(let line): self = .shell(Self.options(of: line))
      case .help(let spec): self = .help(spec?.name)
      case .version: self = .version
      }
    } catch {
      self = .problem(error.lines(in: place)[0])
    }
  }

  private static func options(of line: ParsedLine) -> [String] {
    line.given.map { given in
      let value = String(decoding: given.value, as: UTF8.self)
      return given.option.name + (given.option.valueName == nil ? "" : "=\(value)")
    }
  }

  var description: String {
    switch self {
    case .command(let name, let options, let arguments): "\(name) \(options) \(arguments)"
    case .shell(let options): "shell \(options)"
    case .help(let name): "help \(name ?? "")"
    case .version: "version"
    case .problem(let text): text
    }
  }
}

@Suite("Reading command lines")
struct CommandLineParserTests {
  @Test("Options stand before and after the command, in every form of POSIX and GNU")
  func forms() {
    let status = Reading.command("status", ["--socket=X"], [])
    for line in [
      "status -f X", "status -fX", "status -f=X", "status --socket X", "status --socket=X",
      "-f X status", "-fX status", "-f=X status", "--socket X status", "--socket=X status",
      "STATUS -f X", "-f X Status", "-f X -- status", "-- status -f X",
    ] {
      let words = line.split(separator: " ").map(String.init)
      if line == "-- status -f X" {
        #expect(Reading(words) == .problem("status: unexpected argument '-f'"))
      } else {
        #expect(Reading(words) == status, "\(line)")
      }
    }
    let verbose = Reading.command("status", ["--verbose", "--socket=X"], [])
    #expect(Reading(["status", "-vf", "X"]) == verbose)
    #expect(Reading(["-vfX", "status"]) == verbose)
    #expect(Reading(["-vf=X", "status"]) == verbose)
    #expect(Reading(["status", "-f="]) == .command("status", ["--socket="], []))
    #expect(Reading(["status", "--socket="]) == .command("status", ["--socket="], []))
    #expect(Reading(["--by-peer", "status"]) == .command("status", ["--by-peer"], []))
  }

  @Test("sendmail's own options keep their joined forms and their order")
  func sendmailOptions() throws {
    #expect(
      Reading(["-oQ/a", "-OQueueDirectory=/b", "-O", "Q=/c", "-o=x", "-O=", "config", "-Ac"])
        == .command(
          "config", ["-o=Q/a", "-O=QueueDirectory=/b", "-O=Q=/c", "-o==x", "-O==", "-A=c"], []))
    let (_, line) = try command(utf8(["-oQ/a", "-OQueueDirectory=/b", "config"]))
    #expect(
      try ConnectionOptions(line).overrides == [.short("Q/a"), .long("QueueDirectory=/b")])
  }

  @Test("The words after -- are arguments, and so is a negative number")
  func operands() {
    #expect(
      Reading(["send", "--", "--by-domain", "5"]) == .command("send", [], ["--by-domain", "5"]))
    #expect(
      Reading(["send", "a", "--", "-b", "--", "c"])
        == .command("send", [], ["a", "-b", "--", "c"]))
    #expect(Reading(["send", "x", "-5"]) == .command("send", [], ["x", "-5"]))
    #expect(Reading(["send", "-1.5"]) == .command("send", [], ["-1.5"]))
    #expect(Reading(["send", "-"]) == .command("send", [], ["-"]))
    #expect(Reading(["status", "--timeout", "-5"]) == .command("status", ["--timeout=-5"], []))
    #expect(
      Reading(["start", "--wait", "--", "-bd", "-q5m"])
        == .command("start", ["--wait"], ["-bd", "-q5m"]))
    #expect(
      Reading(["-e", "-OX=y status", "-e", "--", "--execute=-v"])
        == .shell(["--execute=-OX=y status", "--execute=--", "--execute=-v"]))
  }

  @Test("Help and the version are asked for anywhere; what follows does not matter")
  func help() {
    for line in ["--help", "-h", "-vh", "--help --bogus"] {
      #expect(Reading(line.split(separator: " ").map(String.init)) == .help(nil), "\(line)")
    }
    for line in ["--help status", "status -h", "-h -f X status", "status --help x --bogus"] {
      #expect(Reading(line.split(separator: " ").map(String.init)) == .help("status"), "\(line)")
    }
    #expect(Reading(["--version"]) == .version)
    #expect(Reading(["status", "--version"]) == .version)
    #expect(Reading(["send", "--", "--help"]) == .command("send", [], ["--help"]))
    #expect(Reading(["st", "-h"], in: .shell) == .help("status"))
  }

  @Test(
    "Each error is a sentence, with the nearest word",
    arguments: [
      ("stauts", "unknown command 'stauts'; did you mean 'status'?"),
      ("st", "unknown command 'st'"),
      ("status;", "unknown command 'status;'; give each command a line of its own"),
      ("use", "unknown command 'use'"),
      ("status --formt x", "status: unknown option '--formt'; did you mean '--format'?"),
      ("status --form json", "status: unknown option '--form'; did you mean '--format'?"),
      ("status --verb", "status: unknown option '--verb'; did you mean '--verbose'?"),
      ("status -x", "status: unknown option '-x'"),
      ("status -vx", "status: unknown option '-x'"),
      ("status --top 5", "status: unknown option '--top', an option of queues"),
      ("--top 5 status", "status: unknown option '--top', an option of queues"),
      ("status -A=c", "status: unknown option '-A', which other commands have"),
      ("-v config", "config: unknown option '--verbose', which other commands have"),
      ("status -Ac", "status: unknown option '-A', which other commands have"),
      ("-Ac", "-A needs a command"),
      ("-e x status", "status: --execute is for smcontrol without a command"),
      ("status --socket", "status: --socket needs a value"),
      ("status -f --format json", "status: --socket needs a value, found '--format'"),
      ("status --passive=yes", "status: --passive takes no value"),
      ("status foo", "status: unexpected argument 'foo'"),
      ("start foo", "start: unexpected argument 'foo'; sendmail-arguments follow --"),
      ("send", "send: the argument word is missing"),
      ("help a b", "help: unexpected argument 'b'"),
      ("--bogus status", "unknown option '--bogus'"),
    ])
  func problems(line: String, problem: String) {
    #expect(Reading(line.split(separator: " ").map(String.init)) == .problem(problem))
  }

  @Test("Bytes that are not UTF-8 arrive as they are")
  func bytesOfAnyKind() throws {
    let path: Word = [0x2F, 0xFF, 0x3D, 0xC3]
    for words: [Word] in [
      [Array("-f".utf8) + path, Array("status".utf8)],
      [Array("status".utf8), Array("--socket=".utf8) + path],
      [Array("status".utf8), Array("-f".utf8), path],
    ] {
      let (_, line) = try command(words)
      #expect(try ConnectionOptions(line).socket?.bytes == path)
    }
    #expect(throws: UsageError.self) {
      try CommandLineParser.parse([[0x2D, 0x2D, 0xFF], path], in: .program)
    }
  }
}

@Suite("Commands of the shell by their names")
struct CommandTableTests {
  static let foundOnes: [(String, String)] = [
    ("status", "status"), ("STATUS", "status"), ("st", "status"), ("sta", "status"),
    ("ms", "mstat"), ("me", "memdump"), ("mem", "memdump"), ("hel", "help"), ("his", "history"),
    ("qui", "quit"),
    ("exit", "quit"), ("EXIT", "quit"), ("e", "quit"), ("u", "use"), ("restart", "restart"),
    ("Shutdown", "shutdown"), ("start", "start"), ("se", "send"), ("stat", "status"),
    ("stats", "stats"),
  ]

  @Test("A name, in any case, or so much of it that only one is meant", arguments: foundOnes)
  func found(word: String, name: String) throws {
    #expect(try CommandTable.command(for: Array(word.utf8), in: .shell).name == name)
    let arguments = name == "send" ? ["x"] : []
    let (spec, _) = try command(
      utf8((name == "status" ? ["--format", "json"] : []) + [word] + arguments), in: .shell)
    #expect(spec.name == name)
  }

  static let refusedOnes: [(String, String)] = [
    ("h", "'h' is ambiguous: help or history"),
    ("m", "'m' is ambiguous: memdump, metrics or mstat"),
    ("s", "'s' is ambiguous: schema, send, shutdown, start, stats or status"),
    ("restar", "'restar': restart must be written in full"),
    ("shut", "'shut': shutdown must be written in full"),
    ("star", "'star': start must be written in full"),
    ("sttaus", "unknown command 'sttaus'; did you mean 'status'?"),
    ("xyzzy", "unknown command 'xyzzy'"),
    ("", "unknown command ''"),
    ("\u{1B}[2J", "unknown command '\\x1B[2J'"),
  ]

  @Test("An ambiguous word is refused, with its candidates", arguments: refusedOnes)
  func refused(word: String, problem: String) {
    #expect(Reading([word], in: .shell) == .problem(problem))
  }

  @Test("A command that stops or starts the mail system needs its whole name")
  func wholeNames() {
    for spec in CommandTable.commands where spec.effect == .disruptive {
      for length in 1..<spec.name.utf8.count {
        let part = Array(spec.name.utf8.prefix(length))
        let found = try? CommandTable.command(for: part, in: .shell)
        #expect(found?.effect != .disruptive, "\(spec.name) \(length)")
      }
    }
  }

  @Test("Every command shows its use by an example that it takes itself")
  func examples() throws {
    for spec in CommandTable.commands(in: .shell) {
      let words = spec.example.split(separator: "|")[0].split(separator: " ").map(String.init)
      let (found, line) = try command(utf8(words), in: .shell)
      #expect(found.name == spec.name)
      #expect(throws: Never.self) { try Invocation(found, line) }
    }
  }

  @Test("A name means the same kind of option for every command")
  func names() {
    var known: [String: OptionSpec] = [:]
    for spec in CommandTable.commands(in: .shell) {
      var names: Set<String> = []
      for option in spec.options + [.help] {
        for name in option.names {
          #expect(names.insert(name).inserted, "\(spec.name) has \(name) twice")
          let other = known[name] ?? option
          #expect(other.names == option.names, "\(name)")
          #expect((other.valueName == nil) == (option.valueName == nil), "\(name)")
          #expect(other.traits == option.traits, "\(name)")
          known[name] = option
        }
        #expect(option.help.hasSuffix("."), "\(option.name)")
      }
    }
  }
}

@Suite("Options of a session, and options that go together")
struct ParsedLineTests {
  /// Returns the meaning of `line` after a session of `session`: the options of the command, or the
  /// problem.
  private static func merged(_ session: String, _ line: String) -> String {
    func words(_ text: String) -> [Word] { text.split(separator: " ").map { Array($0.utf8) } }
    do {
      guard case .shell(let defaults) = try CommandLineParser.parse(words(session), in: .program),
        case .command(let spec, let line) = try CommandLineParser.parse(words(line), in: .shell)
      else { return "no command" }
      _ = try Invocation(spec, line, session: defaults)
      return line.inheriting(defaults, for: spec).given.map {
        $0.option.name + ($0.value.isEmpty ? "" : "=" + String(decoding: $0.value, as: UTF8.self))
      }.joined(separator: " ")
    } catch {
      return error.lines(in: .shell)[0]
    }
  }

  @Test(
    "A line overrides the options of the session; those that name a daemon together",
    arguments: [
      ("-f X --format json", "status", "--socket=X --format=json"),
      ("-f X -oQ/q -O A=b", "status -f Y", "--socket=Y"),
      ("-f X -oQ/q", "status -C F", "--cf=F"),
      ("-C F -oQ/q", "status -v", "--cf=F -o=Q/q --verbose"),
      ("--timeout 3", "status --timeout 5", "--timeout=5"),
      ("--timeout 3 --timeout 4", "status", "--timeout=3 --timeout=4"),
      ("", "status --format m --format json", "--format=m --format=json"),
      ("", "config -A=c", "-A=c"),
      ("--color always -v -f X", "config", "--color=always"),
      ("--format json", "history", ""),
      ("-f X --timeout 3", "queues", "--socket=X --timeout=3"),
      ("-f X", "use Y", "--socket=X"),
      ("-f X", "queues --daemon", "--socket=X --daemon"),
      ("--read-only", "restart", "--read-only"),
      (
        "--format bogus", "status",
        "status: --format 'bogus': expected classic, terminal, json, raw, nagios, checkmk, prometheus or openmetrics"
      ),
      (
        "-f X", "audit --all",
        "audit: --all cannot be combined with --socket, which holds for the whole session"
      ),
      ("", "audit --all -Ac", "audit: --all cannot be combined with -A"),
      ("", "queues --all -Am", "queues: --all cannot be combined with -A"),
      (
        "", "queues --top 5",
        "queues: --top needs --by-domain, --by-sender-domain, --by-status or --by-loss"
      ),
      ("", "queues --timeout 5", "queues: --timeout needs --daemon"),
      ("", "restart --wait-timeout 5", "restart: --wait-timeout needs --wait"),
      ("", "status --passive --sort age", "status: --passive cannot be combined with --sort"),
      (
        "", "status --sort agee",
        "status: --sort 'agee': expected kind, age, cpu, peer or pid; did you mean 'age'?"
      ),
      (
        "", "audit --explain socket.mod",
        "audit: --explain 'socket.mod': expected the name of a rule; did you mean 'socket.mode'?"
      ),
      ("", "status --timeout -5", "status: --timeout '-5': expected a number of seconds above 0"),
      ("", "status -f=", "status: --socket '': expected a path"),
      ("", "use X -C F", "use: give a socket, or options that name one, not both"),
    ])
  func merging(session: String, line: String, result: String) {
    let found = Self.merged(session, line)
    #expect(found == result || (result.isEmpty && found.isEmpty))
  }
}
