// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// A block of Data/Startup/cases.txt: a configuration, and what sendmail said and did.
struct StartupCase: Sendable, CustomTestStringConvertible {
  var name = ""
  var lines: [String] = []
  var messages: [String] = []
  var exitStatus: Int32?

  var testDescription: String { name }

  /// All blocks of the file.
  static let all: [StartupCase] = {
    guard let file = Bundle.module.url(forResource: "Data/Startup/cases", withExtension: "txt"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n\n").compactMap(StartupCase.init(block:))
  }()

  private init?(block: Substring) {
    var level = "V10/Berkeley"
    var tail = ["Mlocal, P=/bin/true, F=lsDFM, A=true", "O QueueDirectory=/etc"]
    for line in block.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
      switch (parts[0], parts.count > 1 ? parts[1] : "") {
      case ("case", let text): name = text
      case ("bare", _): tail = []
      case ("level", let text): level = text
      case ("cf", let text): lines.append(text)
      case ("message", let text): messages.append(text.replacing("\\n", with: "\n"))
      case ("exit", let text): exitStatus = Int32(text)
      default: return nil
      }
    }
    guard !name.isEmpty else { return nil }
    lines = [level] + lines + tail
  }

  /// The configuration, read as the daemon of the file reads it.
  func configuration(build: SendmailBuild = .debian) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: Array(lines.joined(separator: "\n").utf8) + [0x0A], file: "F",
      accounts: Self.machine, machine: .reference,
      conditions: ReadingConditions(
        files: Self.machine, isDefaultFile: false, build: build))
  }

  /// Returns the outcome of a start of the daemon.
  func startup() -> Startup {
    let configuration = configuration()
    return configuration.startup(with: QueueDirectories(of: configuration, in: Self.machine))
  }

  /// The files that the cases name, below the directory in which sendmail was started.
  static let machine: TestMachine = {
    var machine = TestMachine()
    machine.users = [
      "root": UserNumbers(userID: 0, groupID: 0), "bin": UserNumbers(userID: 2, groupID: 2),
    ]
    machine.groups = ["root": 0, "bin": 2]
    machine.startDirectory = "/w"
    for path in ["/etc", "/dev", "/w"] { machine.files[path] = TestMachine.directory() }
    machine.files["/etc/passwd"] = file(0o644)
    machine.files["/dev/null"] = FileFacts(kind: .device, mode: 0o666, owner: 0, group: 0)
    for (name, mode, owner) in [
      ("", 0o755, 0), ("/safe", 0o755, 0), ("/open", 0o777, 0), ("/shared", 0o775, 0),
      ("/theirs", 0o700, 2), ("/open/deep", 0o755, 0),
    ] {
      let place = "/w" + name
      machine.files[place] = FileFacts(
        kind: .directory, mode: UInt16(mode), owner: UInt32(owner), group: UInt32(owner),
        linkCount: 3)
      machine.files[place + "/ok"] = file(0o644)
      machine.files[place + "/private"] = file(0o600)
      machine.files[place + "/foreign"] = file(0o600, owner: 2)
      machine.files[place + "/writable"] = file(0o666, links: 2)
      machine.files[place + "/hard"] = file(0o666, links: 2)
      machine.files[place + "/link"] = TestMachine.link(to: "ok")
      machine.files[place + "/dangling"] = TestMachine.link(to: "nothing")
      machine.files[place + "/sub"] = TestMachine.directory()
    }
    machine.files["/w/linked"] = TestMachine.link(to: "open")
    machine.files["/w/loop"] = TestMachine.link(to: "loop")
    return machine
  }()

  private static func file(_ mode: UInt16, owner: UInt32 = 0, links: Int = 1) -> FileFacts {
    FileFacts(kind: .regular, mode: mode, owner: owner, group: owner, linkCount: links)
  }
}
