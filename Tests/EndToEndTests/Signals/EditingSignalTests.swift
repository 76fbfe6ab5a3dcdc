// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControlDaemon
import SystemPackage
import TestSupport
import Testing

@Suite("Signals while a line is edited")
struct EditingSignalTests {
  /// The thing that is edited.
  enum Place: CaseIterable {
    case prompt, question, search

    /// Goes there.
    func enter(_ terminal: TerminalSession) async throws {
      switch self {
      case .prompt:
        try await terminal.type("half")
        try await terminal.waitForLine(last: "half")
      case .question:
        try await terminal.enter("shutdown")
        try await terminal.waitFor("[y/N]")
      case .search:
        try await terminal.press(.control("r"))
        try await terminal.waitFor("reverse-i-search")
      }
      try await terminal.waitForSettings("readline's mode") { !$0.isCanonical }
    }
  }

  /// The last is a real-time signal.
  static let deadly = [
    SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM, SIGPROF, SIGPOLL, SIGPWR, SIGSYS, 40,
  ]

  @Test("One that ends the program puts the terminal right first", arguments: deadly)
  func ends(signal: Int32) async throws {
    try await ScratchDaemon.run { scratch in
      for place in signal == SIGALRM ? Place.allCases : [.prompt] {
        try await scratch.shell { terminal in
          try await place.enter(terminal)
          try terminal.signal(signal)
          #expect(try await terminal.waitForExit() == .signaled(signal))
          let settings = try terminal.terminalSettings
          #expect(settings.isCanonical && settings.echoes)
          #expect(!terminal.screen.isBracketedPasteOn)
        }
      }
    }
  }

  @Test("Ctrl-\\ does nothing", arguments: Place.allCases)
  func quit(place: Place) async throws {
    try await ScratchDaemon.run { scratch in
      try await scratch.shell { terminal in
        try await place.enter(terminal)
        try await terminal.press(.control("\\"))
        try terminal.signal(SIGQUIT)
        try await terminal.press(.controlC)
        try await terminal.waitForLine(last: ShellRun.prompt)
        try await terminal.runLine("help quit")
        try await terminal.waitFor("Leave")
        try await terminal.press(.controlD)
        #expect(try await terminal.waitForExit() == .exited(0))
      }
    }
  }
}
