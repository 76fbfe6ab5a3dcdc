// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Queue directories of a configuration")
struct QueueDirectoriesTests {
  private static let machine: TestMachine = {
    var machine = TestMachine()
    for path in [
      "/mq", "/mq/q2", "/mq/q1", "/mq/other", "/mq/.hid", "/mq/slow", "/mq/slow/b", "/mq/slow/a",
      "/mq/empty", "/mq/closed", "/mr", "/x",
    ] {
      machine.files[path] = TestMachine.directory()
    }
    machine.files["/mq/link"] = TestMachine.link(to: "../x")
    machine.files["/mq/dangling"] = TestMachine.link(to: "nowhere")
    machine.files["/mq/file"] = TestMachine.regularFile
    machine.denied = ["/mq/closed"]
    return machine
  }()

  private func directories(
    _ lines: [String], in machine: TestMachine = machine
  ) -> QueueDirectories {
    let text = (["V10/Berkeley"] + lines).joined(separator: "\n") + "\n"
    return QueueDirectories(
      of: SendmailConfiguration(parsing: Array(text.utf8), file: "x.cf"), in: machine)
  }

  /// A line a group: the name, each directory as `name=path`, and what is in the way.
  private func texts(_ lines: [String], in machine: TestMachine = machine) -> [String] {
    directories(lines, in: machine).groups.map { group in
      let content =
        switch group.content {
        case .directories(let directories): directories.map(text)
        case .relative: ["relative"]
        case .outside: ["outside"]
        case .unlisted(let directory): ["unlisted", text(directory)]
        case .noMatch(let directory): ["no match in", text(directory)]
        }
      let skipped = group.skipped.map { "skips " + String(decoding: $0.path, as: UTF8.self) }
      return ([String(decoding: group.name, as: UTF8.self)] + content + skipped)
        .joined(separator: " ")
    }
  }

  private func text(_ directory: QueueDirectories.Directory) -> String {
    let text = String(decoding: directory.name + [0x3D] + directory.path, as: UTF8.self)
    switch directory.state {
    case .directory: return text
    case .absent(let rule): return "\(text) (\(rule.reason ?? ""))"
    case .inaccessible(let rule): return "\(text) (inaccessible: \(rule.reason ?? ""))"
    }
  }

  @Test("One directory is one queue")
  func plain() {
    #expect(texts(["O QueueDirectory=/mq"]) == ["mqueue .=/mq"])
    #expect(texts(["O QueueDirectory=/mq/"]) == ["mqueue .=/mq"])
    #expect(texts(["O QueueDirectory=/"]) == ["mqueue .=/"])
  }

  @Test("A path is a directory, absent, or inaccessible")
  func states() {
    #expect(
      texts([
        "O QueueDirectory=/mq", "Qa, P=/mq/none", "Qb, P=/mq/file", "Qc, P=/mq/file/x",
        "Qd, P=/mq/dangling", "Qe, P=/mq/closed", "Qf, P=/mq/closed/x", "Qg, P=/mq/link",
        "Qh, P=/mq/../x",
      ]) == [
        "mqueue .=/mq", "a none=/mq/none (No such file or directory)",
        "b file=/mq/file (Not a directory)", "c file/x=/mq/file/x (Not a directory)",
        "d dangling=/mq/dangling (No such file or directory)", "e closed=/mq/closed",
        "f closed/x=/mq/closed/x (inaccessible: Permission denied)", "g link=/mq/link",
        "h ../x=/mq/../x",
      ])
  }

  @Test("A pattern is a beginning of names, hidden ones too when it is empty")
  func patterns() {
    #expect(texts(["O QueueDirectory=/mq/q*"]) == ["mqueue q1=/mq/q1 q2=/mq/q2"])
    #expect(
      texts(["O QueueDirectory=/mq/*"]) == [
        """
        mqueue .hid=/mq/.hid closed=/mq/closed empty=/mq/empty link=/mq/link other=/mq/other \
        q1=/mq/q1 q2=/mq/q2 slow=/mq/slow
        """
      ])
    #expect(texts(["O QueueDirectory=/m*"]) == ["mqueue mq=/mq mr=/mr"])
    #expect(
      texts(["O QueueDirectory=/none/q*"]) == [
        "mqueue unlisted .=/none (No such file or directory)"
      ])
    #expect(texts(["O QueueDirectory=/mq/closed/*"]) == ["mqueue unlisted .=/mq/closed"])
    #expect(
      texts(["O QueueDirectory=/mq/file/*"]) == [
        "mqueue unlisted .=/mq/file (Not a directory)"
      ])
  }

  @Test(
    "Names that match and are no directories are skipped, and reported unless the pattern is * alone"
  )
  func skipped() {
    #expect(
      texts(["O QueueDirectory=/mq", "Qa, P=/mq/f*", "Qb, P=/mq/e*", "Qc, P=/mq/d*"]) == [
        "mqueue .=/mq", "a no match in .=/mq skips /mq/file", "b empty=/mq/empty",
        "c no match in .=/mq skips /mq/dangling",
      ])
  }

  // Each as `sendmail -d41.11` shows it.
  @Test("Without a match the base is the queue when the text before the * exists")
  func fallback() {
    #expect(texts(["O QueueDirectory=/mq/zz*"]) == ["mqueue no match in .=/mq"])
    #expect(texts(["O QueueDirectory=/mq/empty/*"]) == ["mqueue .=/mq/empty"])
    #expect(
      texts([
        "O QueueDirectory=/mq", "Qa, P=/mq/empty/*", "Qb, P=/mq/file*", "Qc, P=/mq/dangling*",
      ]) == [
        "mqueue .=/mq", "a .=/mq", "b .=/mq skips /mq/file",
        "c no match in .=/mq skips /mq/dangling",
      ])
  }

  @Test("Matches that may not be looked up may be directories")
  func inaccessibleMatches() {
    var machine = Self.machine
    machine.denied = []
    let readable = ReadableOnly(machine: machine, directory: "/mq")
    let configuration = SendmailConfiguration(
      parsing: Array("V10\nO QueueDirectory=/mq/q*\n".utf8), file: "x.cf")
    let queues = QueueDirectories(of: configuration, in: readable)
    #expect(
      queues.groups[0].directories.map(\.state) == [
        .inaccessible(.notPermitted), .inaccessible(.notPermitted),
      ])
    #expect(queues.problems.isEmpty)
  }

  /// A machine with a directory that this user may read, but not search.
  private struct ReadableOnly: FileView {
    let machine: TestMachine
    let directory: String

    func lookup(_ path: [UInt8]) -> PathLookup {
      path.starts(with: (directory + "/").utf8) ? .failed(.notPermitted) : machine.lookup(path)
    }

    func lookupFollowingLinks(_ path: [UInt8]) -> PathLookup { lookup(path) }
    func details(of path: [UInt8]) -> FileDetails? { machine.details(of: path) }
    func forEachEntry(
      in directory: [UInt8], _ body: (_ name: Span<UInt8>, _ mayBeDirectory: Bool) -> Void
    ) -> Bool { machine.forEachEntry(in: directory, body) }
    func realPath(of directory: [UInt8]) -> [UInt8]? { machine.realPath(of: directory) }
  }

  @Test("Of very many files that match, the first are listed, and the others counted")
  func manyFiles() {
    var machine = TestMachine()
    for path in ["/mq", "/mq/q5", "/mq/qx"] { machine.files[path] = TestMachine.directory() }
    machine.files["/mq/q"] = TestMachine.regularFile
    for number in 10_000..<13_000 { machine.files["/mq/qf\(number)"] = TestMachine.regularFile }
    let group = directories(["O QueueDirectory=/mq/q*"], in: machine).groups[0]
    #expect(group.directories.map { String(decoding: $0.name, as: UTF8.self) } == ["q5", "qx"])
    #expect(group.skipped.count == 1000)
    #expect(group.moreSkipped == 2001)
    let first = group.skipped.prefix(3).map { String(decoding: $0.path, as: UTF8.self) }
    #expect(first == ["/mq/q", "/mq/qf10000", "/mq/qf10001"])
    // The pattern matches files only: sendmail starts, since there is a file called q.
    machine.files["/mq/q5"] = nil
    machine.files["/mq/qx"] = nil
    let base = directories(["O QueueDirectory=/mq/q*"], in: machine).groups[0]
    #expect(base.directories.map(\.path) == [Array("/mq".utf8)])
  }

  @Test("Groups have directories of their own, or those of QueueDirectory")
  func groups() {
    #expect(
      texts([
        "O QueueDirectory=/mq/q*", "Qslow, P=/mq/slow/*", "Qone, P=/mq/other", "Qtwin, R=2",
        "Qout, P=/elsewhere", "Qbeside, P=/mqx", "Qrel, P=mq/slow",
      ]) == [
        "mqueue q1=/mq/q1 q2=/mq/q2", "slow slow/a=/mq/slow/a slow/b=/mq/slow/b",
        "one other=/mq/other", "twin q1=/mq/q1 q2=/mq/q2", "out outside", "beside outside",
        "rel relative",
      ])
  }

  @Test("A relative queue directory is not looked up", arguments: ["mq", "", "q*"])
  func unusable(value: String) {
    let queues = directories(["O QueueDirectory=\(value)"])
    #expect(queues.groups.map(\.content) == [.relative])
    #expect(queues.baseState == nil)
    #expect(queues.problems.count == 1)
  }

  @Test(
    "sendmail's messages about a group at the start",
    arguments: [
      ("/mq/file", "can not opendir(/mq/file): Not a directory"),
      ("/mq/none/", "can not opendir(/mq/none/): No such file or directory"),
      ("/mq/none/q*", "can not opendir(/mq/none): No such file or directory"),
      ("/mq/zz*", "can not opendir(/mq/zz): No such file or directory"),
      ("/mq/dangling*", "can not opendir(/mq/dangling): No such file or directory"),
      ("/mq/file*", nil), ("/mq/empty/*", nil), ("/mq/closed/q*", nil), ("/mq/closed/q", nil),
      ("mq", "QueuePath mq not absolute"),
      ("/mqx", "QueuePath /mqx not subpath of QueueDirectory /mq/"),
    ] as [(String, String?)])
  func problems(path: String, expected: String?) {
    let queues = directories(["O QueueDirectory=/mq", "Qa, P=\(path)"])
    #expect(queues.problems.map(\.message.description) == (expected.map { [$0] } ?? []))
  }

  @Test("A base that is no directory is the only problem")
  func base() {
    #expect(
      directories(["O QueueDirectory=/none", "Qa, P=/x"]).problems.map(\.message.description) == [
        "can not chdir(/none/): No such file or directory"
      ])
  }
}
