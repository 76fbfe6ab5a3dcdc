// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

@Suite("What Tab and the question mark propose")
struct ProposalTests {
  static func proposals(
    _ line: String, peers: [String] = [], announced: [AnnouncedCommand] = []
  ) -> [String] {
    Proposals(grammar: .shell, peers: peers, announced: { announced })
      .find(for: TypedLine(line, grammar: .shell)).map(\.text)
  }

  static let allPlaces: [(line: String, words: [String])] = [
    ("m", ["mstat", "memdump"]),
    ("--format json m", ["mstat", "memdump"]),
    ("-f /x m", ["mstat", "memdump"]),
    ("st", ["status", "start"]),
    ("help re", ["restart"]),
    ("help q", ["queues", "quit"]), ("audit --explain queue.o", ["queue.owner", "queue.open"]),
    ("status --so", ["--socket", "--sort"]),
    ("st --so", ["--socket", "--sort"]),
    ("status --sort ", ["kind", "age", "cpu", "peer", "pid"]),
    ("status --sort a", ["age"]),
    ("status --sort=a", ["--sort=age"]),
    ("status --sort age --sor", []),
    ("status --kind smtp-server --kin", ["--kind"]),
    ("mstat --format ", ["classic", "terminal", "json", "raw"]),
    ("status --timeout ", []),
    ("status --peer 192", ["192.0.2.1", "192.0.2.22"]),
    ("use -A", ["-Am", "-Ac"]),
    ("use -A c", ["c"]),
    ("format ", ["classic", "terminal", "json", "raw", "auto"]),
    ("send s", ["status", "shutdown"]),
    ("send status s", []),
    ("start -- -b", []),
    ("start --sen", ["--sendmail"]),
    ("bogus ", []),
    ("s ", []),
    ("status # m", []),
    ("status 'x\\", []),
    ("restart --y", ["--yes"]),
    ("restart --wait-timeout ", []),
    (
      "-",
      Grammar.shell.options.map { option in
        option.names.first { $0.hasPrefix("--") } ?? option.names[0]
      }
    ),
  ]

  @Test("At every place, what can stand there", arguments: allPlaces)
  func places(line: String, words: [String]) {
    let announced = ["help", "status", "shutdown"].map { word in
      AnnouncedCommand.all(in: Array("\(word)\tmeaning\n".utf8))
    }.flatMap { $0 }
    #expect(
      Self.proposals(line, peers: ["192.0.2.1", "192.0.2.22", "2001:db8::1"], announced: announced)
        == words)
  }

  @Test(
    "On an empty line, all commands with what they do; behind a command without arguments, options")
  func all() {
    let found = Proposals(grammar: .shell, peers: [], announced: { [] })
      .find(for: TypedLine("", grammar: .shell))
    #expect(found.map(\.text) == ShellTree.commands.map { $0.name })
    #expect(found.allSatisfy { !$0.meaning.isEmpty })
    let options = Self.proposals("status ")
    #expect(options.contains("--passive") && options.contains("--by-peer"))
    #expect(options.allSatisfy { $0.hasPrefix("-") })
  }

  @Test("The names of files where a file is wanted, and nowhere else")
  func files() async throws {
    try await ScratchDaemon.run { scratch in
      let directory = scratch.directory
      let path = directory.path.string
      try directory.makeDirectory("sub")
      try directory.write("", to: "a file")
      try directory.write("", to: "a\u{1B}evil")
      try directory.write("", to: ".hidden")
      for line in [
        "status -C", "status >", "status >>", "memdump --output", "status | cat",
      ] {
        #expect(
          Self.proposals("\(line) \(path)/")
            == ["a file", "ctl", "pid", "sendmail.cf", "sub/"].map { "\(path)/\($0)" }, "\(line)")
      }
      #expect(Self.proposals("status > \(path)/.h") == ["\(path)/.hidden"])
      // Only sockets, and directories that may hold one.
      for line in ["use", "status -f", "status --socket"] {
        #expect(Self.proposals("\(line) \(path)/") == ["\(path)/ctl", "\(path)/sub/"], "\(line)")
      }
      #expect(
        Self.proposals("status --cf=\(path)/send") == ["--cf=\(path)/sendmail.cf"])
      for line in ["status", "help", "status --sort", "format", "timeout", "status > x", "quit"] {
        #expect(!Self.proposals("\(line) \(path)/").contains { $0.hasPrefix(path) }, "\(line)")
      }
    }
  }

  @Test("Programs behind a pipe, once something is typed")
  func programs() {
    #expect(Self.proposals("status | gre").contains("grep"))
    #expect(Self.proposals("status | ") == [])
    #expect(Self.proposals("status | /bin/ech") == ["/bin/echo"])
  }

  static func explanation(_ line: String) -> [Candidate] {
    let proposals = Proposals(grammar: .shell, peers: ["192.0.2.1"], announced: { [] })
    return Explanation(proposals: proposals).words(for: TypedLine(line, grammar: .shell))
  }

  static func explain(_ line: String) -> [String] { explanation(line).map(\.label) }

  @Test("The question mark lists the values of an option once", arguments: ["format", "sort"])
  func explainedValues(option: String) {
    let entries = Self.explanation("status --\(option) ")
    #expect(entries.count > 2)
    let meaning = entries.first?.meaning ?? ""
    #expect(!meaning.isEmpty && !meaning.contains("values:"), "\(meaning)")
  }

  @Test("The question mark says what can stand there, whatever it is")
  func explanations() {
    #expect(Self.explain("") == ShellTree.commands.map { $0.name })
    #expect(Self.explain("status --timeout ") == ["<seconds>"])
    #expect(Self.explain("status --sort c") == ["<key>", "cpu"])
    #expect(Self.explain("send ").prefix(1) == ["<word>"])
    #expect(Self.explain("send ").suffix(2) == ["> FILE", "| PROGRAM"])
    #expect(Self.explain("status ").contains("--passive"))
    #expect(Self.explain("status | ") == ["<program>"])
    #expect(Self.explain("status | grep ").first == "<argument>")
    #expect(Self.explain("status > ").first == "<file>")
    #expect(Self.explain("bogus ") == ["nothing known can stand here"])
    #expect(Self.explain("xyz") == ["nothing known that begins with xyz can stand here"])
    #expect(Self.explain("send 'what") == [])
  }
}
