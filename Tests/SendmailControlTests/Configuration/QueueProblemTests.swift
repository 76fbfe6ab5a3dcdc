// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Queue directories and sockets in a file system.
@Suite struct QueueProblemTests {
  private static func configuration(_ text: String) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: Array(("V10\n" + text).utf8), file: "x.cf", accounts: TestMachine.reference,
      machine: .reference)
  }

  private static func resolved(_ text: String) -> ResolvedConfiguration {
    ResolvedConfiguration(configuration(text), in: TestMachine.reference)
  }

  private static let root = TestMachine.referenceRoot

  @Test(
    "Base directory",
    arguments: [
      ("\(root)/mq", "\(root)/mq"), ("\(root)/mq//", "\(root)/mq"), ("\(root)/mq*", root),
      ("\(root)/mqlink/*", "\(root)/mq"), ("/*", "/"), ("/", "/"), ("\(root)/*x", "\(root)/*x"),
    ])
  func baseDirectory(_ queue: String, _ expected: String) {
    let base = Self.resolved("O QueueDirectory=\(queue)\n").baseQueueDirectory
    #expect(String(decoding: base, as: UTF8.self) == expected)
  }

  @Test(
    "Groups",
    arguments: [
      ("Qa,P=\(root)/mq/none\n", "can not opendir(\(root)/mq/none): No such file or directory"),
      ("Qa,P=\(root)/mq/q.*\n", nil), ("Qa,P=\(root)/mq\n", nil),
      ("Qa,P=\(root)/mq/z*\n", "can not opendir(\(root)/mq/z): No such file or directory"),
      ("Qa,P=\(root)/mq/z/q*\n", "can not opendir(\(root)/mq/z): No such file or directory"),
      ("Qa,P=mq\n", "QueuePath mq not absolute"),
      (
        "Qa,P=\(root)/mqx\n",
        "QueuePath \(root)/mqx not subpath of QueueDirectory \(root)/mq/"
      ),
    ] as [(String, String?)])
  func groups(_ line: String, _ expected: String?) {
    let configuration = Self.configuration("O QueueDirectory=\(Self.root)/mq\n" + line)
    let queues = QueueDirectories(of: configuration, in: TestMachine.reference)
    #expect(queues.problems.first?.message.description == expected)
    #expect(
      configuration.startup(with: queues, as: .reader).exitStatus == (expected == nil ? nil : 78))
  }

  @Test("A directory that may not be listed proves nothing")
  func aDirectoryThatMayNotBeListedProvesNothing() {
    var machine = TestMachine()
    machine.files["/q"] = TestMachine.directory()
    machine.denied = ["/q"]
    let configuration = SendmailConfiguration(
      parsing: Array("V10\nO QueueDirectory=/q/*\nO ControlSocketName=ctl\n".utf8), file: "x.cf")
    #expect(QueueDirectories(of: configuration, in: machine).problems.isEmpty)
    let resolved = ResolvedConfiguration(configuration, in: machine)
    #expect(resolved.controlSocket?.bytes == Array("/q/ctl".utf8))
  }

  @Test("Too long is the name not the path")

  func tooLongIsTheNameNotThePath() {
    let name = String(repeating: "n", count: 107)
    let short = Self.resolved("O QueueDirectory=\(Self.root)/mq\nO ControlSocketName=\(name)\n")
    guard case .socket(let path) = short.configuration.controlSocket else {
      Issue.record("107 bytes fit, however long the path is")
      return
    }
    #expect(path.absolute.count > 107)
    let long = Self.resolved("O QueueDirectory=/q\nO ControlSocketName=\(name)n\n")
    guard case .tooLong = long.configuration.controlSocket else {
      Issue.record("108 bytes do not fit")
      return
    }
  }
}
