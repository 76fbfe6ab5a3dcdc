// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import TestSupport
import Testing

@testable import SMControlCommands

@Suite("What Tab and the question mark propose")
struct ProposalTests {
  static func proposals(_ line: String, peers: [String] = []) -> [String] {
    switch Proposals(place: .shell, peers: peers).proposal(at: CursorPlace(shellLine: line)) {
    case .words(let words): words.map(\.text)
    case .files(let kind, let prefix): ["\(kind)\(prefix.isEmpty ? "" : " after \(prefix)")"]
    case .programs: ["programs"]
    }
  }

  static let allPlaces: [(line: String, words: [String])] = [
    ("m", ["mstat", "memdump", "metrics"]),
    ("--format json m", ["mstat", "memdump", "metrics"]),
    ("-f /x m", ["mstat", "memdump", "metrics"]),
    ("-f/x m", ["mstat", "memdump", "metrics"]),
    ("st", ["status", "start", "stats"]),
    ("ST", ["status", "start", "stats"]),
    ("help re", ["restart"]),
    ("help q", ["queues", "quit"]),
    ("audit --explain queue.o", ["queue.owner", "queue.open", "queue.other-directory"]),
    ("status --so", ["--sort", "--socket"]),
    ("st --so", ["--sort", "--socket"]),
    ("status -f", ["-f"]),
    ("status --sort ", ["kind", "age", "cpu", "peer", "pid"]),
    ("status --sort a", ["age"]),
    ("status --sort=a", ["--sort=age"]),
    ("status --sort age --sor", []),
    ("status --kind smtp-server --kin", ["--kind"]),
    ("mstat --format ", ["classic", "terminal", "json", "raw"]),
    ("--format=j", ["--format=json"]),
    ("config --format ", ["classic", "terminal", "json"]),
    ("status --timeout ", []),
    ("status --peer 192", ["192.0.2.1", "192.0.2.22"]),
    ("config -A", ["-Am", "-Ac"]),
    ("config -A c", ["c"]),
    ("config -vA", []),
    ("format ", ["classic", "terminal", "json", "raw", "auto"]),
    ("send s", []),
    ("send status s", []),
    ("start -- -b", []),
    ("start --sen", ["--sendmail"]),
    ("bogus ", []),
    ("s ", []),
    ("status # m", []),
    ("status 'x\\", []),
    ("status x --so", []),
    ("restart --y", ["--yes"]),
    ("restart --wait-timeout ", []),
    ("status --bogus --sor", ["--sort"]),
    ("status -C ", ["configurationFile"]),
    ("status --cf=/e", ["configurationFile after --cf="]),
    ("status -C/e", ["configurationFile after -C"]),
    ("status -vf/e", ["socket after -vf"]),
    ("use ", ["socket"]),
    ("memdump --output /", ["file"]),
    ("status > ", ["file"]),
    ("status >> x", ["file"]),
    ("status > x ", []),
    ("status | ", ["programs"]),
    ("status | gr", ["programs"]),
    ("status | grep ", ["file"]),
    ("-", SessionOptions.all.map(\.name) + ["--help"]),
  ]

  @Test("At every place, what can stand there", arguments: allPlaces)
  func places(line: String, words: [String]) {
    #expect(
      Self.proposals(line, peers: ["192.0.2.1", "192.0.2.22", "2001:db8::1"]) == words)
  }

  @Test("On an empty line, all commands; after a command without arguments, its options")
  func all() {
    #expect(Self.proposals("") == CommandTable.commands(in: .shell).map(\.name))
    for spec in CommandTable.commands(in: .shell) where spec.arguments.isEmpty {
      #expect(Self.proposals("\(spec.name) ") == (spec.options + [.help]).map(\.name))
    }
  }

  static func explanation(_ line: String) -> [Candidate] {
    let cursor = CursorPlace(shellLine: line)
    guard case .words(let words) = Proposals(place: .shell).proposal(at: cursor) else {
      return Explanation.words(at: cursor, proposed: [])
    }
    return Explanation.words(at: cursor, proposed: words)
  }

  static func explain(_ line: String) -> [String] { explanation(line).map(\.label) }

  @Test("The question mark explains every kind of word")
  func explanations() {
    #expect(Self.explain("") == CommandTable.commands(in: .shell).map(\.name))
    #expect(Self.explain("status --timeout ") == ["<seconds>"])
    #expect(Self.explain("status --sort c") == ["<key>", "cpu"])
    #expect(Self.explain("send ").prefix(1) == ["<word>"])
    #expect(Self.explain("send ").contains("--yes"))
    #expect(Self.explain("send ").suffix(2) == ["> FILE", "| PROGRAM"])
    #expect(Self.explain("status ").contains("--passive"))
    #expect(Self.explain("status | ") == ["<program>"])
    #expect(Self.explain("status | grep ").first == "<argument>")
    #expect(Self.explain("status > ").first == "<file>")
    #expect(Self.explain("bogus ") == ["no suggestions"])
    #expect(Self.explain("xyz") == ["no suggestions for xyz"])
    #expect(Self.explain("send 'what") == [])
    #expect(Self.explanation("status --format ").first?.meaning.contains("json") == false)
  }

  @Test(
    "Other shells ask about a line up to the cursor",
    arguments: [
      ("smcontrol st", "status start stats"), ("/usr/sbin/smcontrol mem", "memdump"),
      ("sudo -u root smcontrol mem", "memdump"), ("smcontrol status --format=j", "--format=json"),
      ("smcontrol audit -A", "-Am -Ac"), ("smcontrol help au", "audit"), ("smcontrol use ", ""),
      ("smcontrol -C ", ":configuration"), ("smcontrol status --socket=/a", ":socket --socket="),
      ("smcontrol -f 'a b' qu", "queues"), ("smcontrol -e ", ""), ("smcontrol", ""), ("", ""),
      ("smcontrol status --peer ", ""),
    ])
  func external(line: String, words: String) {
    let found = ExternalCompletion.text(for: line).split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      return line.hasPrefix(":") ? parts.joined(separator: " ") : String(parts[0])
    }
    #expect(found.joined(separator: " ") == words)
  }
}

@Suite("Names of files for the line editor")
struct FileNameTests {
  @Test("The kind that is wanted, and directories that may hold one")
  func files() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path.string
    try directory.makeDirectory("sub")
    for name in ["a file", "b.cf", "a\u{1B}evil", ".hidden"] { try directory.write("", to: name) }
    func names(_ kind: Candidates, _ typed: String) -> [String] {
      FileNames.files(kind, beginningWith: "\(path)/\(typed)").map {
        String($0.text.dropFirst(path.count + 1))
      }
    }
    #expect(names(.file, "") == ["a file", "b.cf", "sub/"])
    #expect(names(.file, ".h") == [".hidden"])
    #expect(names(.configurationFile, "") == ["b.cf", "sub/"])
    #expect(names(.configurationFile, "a") == ["a file"])
    #expect(names(.socket, "") == ["sub/"])
    #expect(
      FileNames.files(.file, beginningWith: "\(path)/b", after: "--cf=").map(\.text)
        == ["--cf=\(path)/b.cf"])
  }

  @Test("Programs, once something is typed")
  func programs() {
    #expect(FileNames.programs(beginningWith: "gre").contains { $0.text == "grep" })
    #expect(FileNames.programs(beginningWith: "") == [])
    #expect(FileNames.programs(beginningWith: "/bin/ech").map(\.text) == ["/bin/echo"])
  }
}
