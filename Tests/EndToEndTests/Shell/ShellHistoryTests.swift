// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("The history of the shell")
struct ShellHistoryTests {
  static func lines(_ path: FilePath) throws -> [String] {
    try String(contentsOfFile: path.string, encoding: .utf8).split(separator: "\n")
      .map(String.init)
  }

  @Test("It is kept for the next shell, each line as soon as it is typed, none twice")
  func keeping() async throws {
    try await ScratchDaemon.run { scratch in
      let file = scratch.directory[".local/state/smcontrol/history"]
      try await scratch.shell { terminal in
        for line in ["format json", "format", "format json", "  ", "bogus"] {
          try await terminal.runLine(line)
        }
        #expect(try Self.lines(file) == ["format", "format json", "bogus"])
        #expect(try Stat(file).permissions == .ownerReadWrite)
        // Whatever becomes of the shell.
        try terminal.signal(SIGKILL)
        try await terminal.waitForExit()
      }
      try await scratch.shell { terminal in
        try await terminal.press(.up)
        try await terminal.waitForLine(last: "mta> bogus")
        try await terminal.press(.up, .up)
        try await terminal.waitForLine(last: "mta> format")
        try await terminal.press(.controlC)
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.press(.controlR)
        try await terminal.type("js")
        try await terminal.waitForLine(last: "`js': format ")
        try await terminal.press(.controlC)
        try await terminal.waitForLine(last: ShellRun.prompt)
        let screen = try await terminal.runLine("history")
        #expect(screen.contains(" 1  format"))
        #expect(screen.contains(" 4  history"))
      }
    }
  }

  @Test("Two shells at once keep each other's lines")
  func twoShells() async throws {
    try await ScratchDaemon.run { scratch in
      let file = scratch.directory["history"]
      let environment: [String: String?] = ["SMCONTROL_HISTFILE": file.string]
      try await scratch.shell(environment: environment) { first in
        try await scratch.shell(environment: environment) { second in
          try await first.runLine("format raw")
          try await second.runLine("format classic")
          try await first.runLine("format auto")
          try await second.runLine("format raw")
          #expect(try Self.lines(file) == ["format classic", "format auto", "format raw"])
        }
      }
    }
  }

  @Test("An empty SMCONTROL_HISTFILE keeps none; XDG_STATE_HOME moves it")
  func places() async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell(environment: ["SMCONTROL_HISTFILE": ""]) { terminal in
        try await terminal.runLine("format")
        try await terminal.press(.up)
        try await terminal.waitForLine(last: "mta> format")
      }
      #expect(!FileManager.default.fileExists(atPath: scratch.directory[".local"].string))
      let state = scratch.directory["my state"]
      try await scratch.shell(environment: ["XDG_STATE_HOME": state.string]) { terminal in
        try await terminal.runLine("format")
      }
      #expect(try Self.lines(state.appending("smcontrol").appending("history")) == ["format"])
    }
  }

  @Test("One that cannot be kept is warned of once, and the shell goes on")
  func failing() async throws {
    try await ScratchDaemon.run { scratch in
      try scratch.directory.write("secret\n", to: "target")
      try FileManager.default.createSymbolicLink(
        atPath: scratch.directory["link"].string,
        withDestinationPath: scratch.directory["target"].string)
      try await scratch.shell(
        environment: ["SMCONTROL_HISTFILE": scratch.directory["link"].string], columns: 120
      ) { terminal in
        try await terminal.runLine("format")
        let screen = try await terminal.runLine("format")
        #expect(screen.count(of: "the history is not kept") == 1)
        #expect(screen.contains("smcontrol: warning: \(scratch.directory["link"].string): open: "))
        try await terminal.press(.up)
        try await terminal.waitForLine(last: "mta> format")
      }
      #expect(try Self.lines(scratch.directory["target"]) == ["secret"])
    }
  }
}
