// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The completions that are shipped, tried in the shells they are for: Tab is pressed on a terminal.
@Suite("Shell completions")
struct CompletionTests {
  /// A shell, and how it is started and made ready.
  enum Shell: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish

    var arguments: [String] {
      switch self {
      case .bash: ["--norc", "--noprofile", "-i"]
      case .zsh: ["-f", "-i"]
      case .fish: ["-i"]
      }
    }

    /// A line that has the shell complete after sudo on a machine without it; `nil` for a shell that does.
    var preparationForSudo: String? {
      switch self {
      case .bash:
        // bash-completion calls the function of the command in the same way.
        """
        _sudo() { COMP_LINE=${COMP_LINE#sudo } COMP_POINT=$((COMP_POINT - 5)); \
        _smcontrol smcontrol "$2" "$3"; }; complete -F _sudo sudo
        """
      case .zsh: nil
      case .fish: "source /usr/share/fish/completions/sudo.fish"
      }
    }

    /// A line that loads the completions in `folder`, and sets a prompt that shows it.
    func start(_ folder: String) -> String {
      switch self {
      case .bash: "source '\(folder)/smcontrol.bash'; PS1='ready> '"
      case .zsh:
        "fpath=('\(folder)' $fpath); autoload -U compinit; compinit -u -D; PS1='ready> '"
      case .fish:
        "source '\(folder)/smcontrol.fish'; function fish_prompt; printf 'ready> '; end"
      }
    }
  }

  /// The keys, where `\t` is Tab and `<` the left arrow, and the line up to the cursor that they result
  /// in.
  static let lines: [(typed: String, line: String)] = [
    ("mem\t", "memdump"), ("queues --by-d\t", "queues --by-domain"),
    ("status --format=j\t", "status --format=json"),
    ("--format cl\t", "--format classic"), ("config --format js\t", "config --format json"),
    ("status --kind q\t", "status --kind queue-runner"),
    ("audit --explain queue.open\t", "audit --explain queue.open"),
    ("help au\t", "help audit"), ("config -Ac --by\tx", "config -Ac --byx"),
    ("-Ac conf\t", "-Ac config"), ("send sta\tx", "send stax"),
    ("status --pas x<<\t", "status --passive"),
    ("status -f ct\t", "status -f ctl"),
    ("config -C 'a f\t", "config -C 'a file.cf'"), ("--cf=a\t", #"--cf=a\ file.cf"#),
    ("memdump --output qu\t", #"memdump --output quo\'te"#),
  ]

  @Test("Tab completes commands, options, their values and files", arguments: Shell.allCases)
  func lines(shell: Shell) async throws {
    try await Self.run(shell) { terminal in
      for (typed, line) in Self.lines { try await Self.check(terminal, typed, line) }
      if let preparation = shell.preparationForSudo {
        try await terminal.enter(preparation + "; clear")
        try await terminal.waitForLine(last: "ready> ")
      }
      try await Self.check(terminal, "mem\t", "memdump", before: "sudo ")
    }
  }

  private static func check(
    _ terminal: TerminalSession, _ typed: String, _ line: String, before: String = ""
  ) async throws {
    try await terminal.type(before + "smcontrol ")
    for character in typed {
      switch character {
      case "\t": try await terminal.press(.tab)
      case "<": try await terminal.press(.left)
      default: try await terminal.type(String(character))
      }
    }
    try await terminal.waitForScreen("\(typed): \(line)") { screen in
      screen.lineToCursor.trimmingCharacters(in: .whitespaces)
        == "ready> \(before)smcontrol \(line)"
    }
    // Ctrl-C would be lost while the shell is still busy with Tab.
    try await terminal.press(.controlE, .controlU)
    try await terminal.waitForLine(last: "ready> ")
  }

  private static func run(
    _ shell: Shell, body: (TerminalSession) async throws -> Void
  ) async throws {
    try await ScratchDaemon.run { scratch in
      let folder = scratch.directory.path.string
      for name in ["a file.cf", "quo'te"] { try scratch.directory.write("", to: name) }
      try await TerminalSession.run(
        FilePath("/usr/bin/\(shell.rawValue)"), shell.arguments,
        environment: [
          "HOME": folder, "XDG_CONFIG_HOME": nil, "XDG_DATA_HOME": nil, "PS1": "$ ",
          "PATH": "\(BuiltBinaries.smcontrol.removingLastComponent()):/usr/bin:/bin",
          "LC_ALL": "C.UTF-8", "TERM": "xterm",
        ], columns: 120, rows: 40, workingDirectory: scratch.directory.path
      ) { terminal in
        try await terminal.enter(
          shell.start(ProjectFiles.file("completions").string) + "; clear")
        try await terminal.waitForLine(last: "ready> ")
        try await body(terminal)
      }
    }
  }

  @Test("zsh takes the file for a completion of smcontrol, without a fault")
  func zsh() async throws {
    let file = ProjectFiles.file("completions/_smcontrol")
    let outcome = try await ProcessRunner.run(
      "/usr/bin/zsh",
      [
        "-f", "-c",
        """
        zsh -n "$1" || exit 1
        fpath=("${1:h}" $fpath)
        autoload -U compinit && compinit -u -D
        print -r -- $_comps[smcontrol]
        """,
        "zsh", file.string,
      ])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    #expect(outcome.output == "_smcontrol\n")
  }
}
