// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite struct PathSafetyTests {
  @Test("The matrix is complete")
  func theMatrixIsComplete() {
    #expect(SafetyCase.all.count == 62)
  }

  @Test("Says what sendmail says", arguments: SafetyCase.all)
  func saysWhatSendmailSays(of example: SafetyCase) {
    let verdict = PathSafety(rules: example.rules).check(example.path, lookup: example.lookup)
    #expect(verdict.refusal?.rule.reason ?? "ok" == example.result)
    #expect(verdict.isAllowed == (example.result == "ok"))
  }

  private func directory(_ mode: UInt16, owner: UInt32 = 0) -> FileFacts {
    FileFacts(kind: .directory, mode: mode, owner: owner, group: 0, linkCount: 2)
  }

  private func check(
    _ path: String, _ files: [String: FileFacts], rules: PathSafetyRules = PathSafetyRules()
  ) -> PathVerdict {
    PathSafety(rules: rules).check(Array(path.utf8)) { path in
      files[String(decoding: path, as: UTF8.self)].map(PathLookup.found) ?? .failed(.missing)
    }
  }

  @Test("Names the component and every rule broken")

  func namesTheComponentAndEveryRule() {
    let socket = FileFacts(kind: .socket, mode: 0o755, owner: 0, group: 0)
    let verdict = check(
      "/a/b/ctl",
      [
        "/": directory(0o755), "/a": directory(0o775), "/a/b": directory(0o757), "/a/b/ctl": socket,
      ])
    #expect(
      verdict.findings.map(\.rule) == [
        .groupWritableDirectory, .worldWritableDirectory, .executable,
      ])
    #expect(verdict.findings.map(\.path) == ["/a", "/a/b", "/a/b/ctl"].map { Array($0.utf8) })
    #expect(verdict.findings.last?.facts == socket)
    #expect(verdict.existing == socket)
    #expect(verdict.steps.count == 3)
  }

  @Test("A missing directory ends the walk")

  func aMissingDirectoryEndsTheWalk() {
    let verdict = check("/a/b/ctl", ["/": directory(0o777)])
    #expect(verdict.findings.map(\.rule) == [.worldWritableDirectory, .missing])
    #expect(verdict.findings.last?.path == Array("/a".utf8))
  }

  @Test("A link to an absolute path is walked from the root")

  func aLinkToAnAbsolutePath() {
    let link = FileFacts(
      kind: .symbolicLink(target: Array("/b/c".utf8)), mode: 0o777, owner: 0, group: 0)
    let verdict = check(
      "/a/ctl",
      ["/": directory(0o755), "/a": link, "/b": directory(0o777), "/b/c": directory(0o755)])
    #expect(verdict.refusal?.path == Array("/b".utf8))
    #expect(verdict.steps.map(\.path) == ["/", "/a", "/b", "/b/c"].map { Array($0.utf8) })
  }

  @Test("A chain of links is followed to its end, a circle is not")

  func aChainOfLinksIsFollowed() {
    var files = ["/": directory(0o755), "/l0": directory(0o755)]
    for number in 1...21 {
      files["/l\(number)"] = FileFacts(
        kind: .symbolicLink(target: Array("l\(number - 1)".utf8)), mode: 0o777, owner: 0, group: 0)
    }
    #expect(check("/l20/ctl", files).isAllowed)
    #expect(check("/l21/ctl", files).refusal?.rule == .tooManyLinks)
  }

  @Test("An unprivileged daemon under debugging may use a writable directory")
  func anUnprivilegedDaemonUnderDebugging() {
    let rules = PathSafetyRules(runAsUser: 1000, runAsGroup: 1000, isDebugging: true)
    let files = [
      "/": directory(0o755), "/tmp": directory(0o1777), "/tmp/x": directory(0o700, owner: 1000),
    ]
    #expect(check("/tmp/x/ctl", files, rules: rules).isAllowed)
    #expect(check("/tmp/x/ctl", files).refusal?.rule == .worldWritableDirectory)
  }

  @Test("A group that the run-as user is in may create and replace the socket")
  func aGroupThatTheRun() {
    var rules = PathSafetyRules(
      allowsGroupWritableDirectories: true, runAsUser: 102, runAsGroup: 104)
    var files = ["/": directory(0o755), "/d": directory(0o775)]
    files["/d"]?.group = 50
    #expect(check("/d/ctl", files, rules: rules).refusal?.rule == .directoryNotWritable)
    rules.runAsGroups = [50]
    #expect(check("/d/ctl", files, rules: rules).isAllowed)
    files["/d/ctl"] = FileFacts(kind: .socket, mode: 0o660, owner: 0, group: 50)
    #expect(check("/d/ctl", files, rules: rules).isAllowed)
    files["/d/ctl"]?.mode = 0o600
    #expect(check("/d/ctl", files, rules: rules).refusal?.rule == .fileNotWritable)
  }

  @Test("A refusal that only the system explains has no words of sendmail's")
  func aRefusalThatOnlyTheSystem() {
    let verdict = PathSafety().check(Array("/ctl".utf8)) { _ in .failed(.systemError(5)) }
    #expect(verdict.refusal?.rule == .systemError(5))
    #expect(verdict.refusal?.rule.reason == nil)
  }
}
