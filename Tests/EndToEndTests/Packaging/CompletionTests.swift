// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport
import Testing

/// The completions that are shipped, tried in the shells they are for.
@Suite("Shell completions")
struct CompletionTests {
  static let lines: [(line: String, wanted: String)] = [
    ("smcontrol st", "status"), ("smcontrol st", "start"), ("smcontrol me", "memdump"),
    ("smcontrol status --pa", "--passive"), ("smcontrol restart --wa", "--wait-timeout"),
    ("smcontrol status --format j", "json"), ("smcontrol --format c", "classic"),
    ("smcontrol qu", "queues"), ("smcontrol queues --by-d", "--by-domain"),
    ("smcontrol au", "audit"), ("smcontrol audit --explain queue.o", "queue.open"),
  ]

  @Test("bash", arguments: lines)
  func bash(line: String, wanted: String) async throws {
    // What bash does on Tab: the words, the place, and the function that is registered for the name.
    let outcome = try await ProcessRunner.run(
      "/bin/bash",
      [
        "-c",
        """
        source "$0"
        read -ra COMP_WORDS <<<"$1"
        COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        COMP_LINE=$1 COMP_POINT=${#1}
        function_name=$(complete -p smcontrol | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
        "$function_name" smcontrol "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """,
        ProjectFiles.file("completions/smcontrol.bash").string, line,
      ])
    let offered = outcome.output.split(separator: "\n")
      .map { $0.trimmingPrefix(while: \.isWhitespace).prefix { !$0.isWhitespace } }
    #expect(offered.contains { $0 == wanted }, "\(outcome.output) \(outcome.errorOutput)")
  }

  @Test("fish", arguments: lines)
  func fish(line: String, wanted: String) async throws {
    // fish makes its folders in the home there is.
    let outcome = try await withTemporaryDirectory { home in
      try await ProcessRunner.run(
        "/usr/bin/fish",
        [
          "--no-config", "-c", "source $argv[1]; complete -C $argv[2]",
          ProjectFiles.file("completions/smcontrol.fish").string, line,
        ], environment: ["HOME": home.path.string, "XDG_CONFIG_HOME": nil, "XDG_DATA_HOME": nil])
    }
    let offered = outcome.output.split(separator: "\n").map {
      $0.split(separator: "\t").first ?? ""
    }
    #expect(offered.contains { $0 == wanted }, "\(outcome.output) \(outcome.errorOutput)")
  }

  @Test("zsh", arguments: lines)
  func zsh(line: String, wanted: String) async throws {
    let outcome = try await ProcessRunner.run(
      ProjectFiles.file("Tests/Peers/zsh-offers"),
      [ProjectFiles.file("completions").string, line])
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    let offered = outcome.output.split(separator: "\n")
    #expect(offered.contains { $0 == wanted }, "\(outcome.output)")
    // Nothing that does not begin as the line ends.
    let begun = line.split(separator: " ").last ?? ""
    #expect(offered.allSatisfy { $0.hasPrefix(begun) }, "\(outcome.output)")
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
