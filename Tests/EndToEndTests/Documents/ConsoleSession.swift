// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// The commands of a document and the output that it shows for each: its blocks marked `console`, in which
/// a line that begins with `$ ` is a command.
struct ConsoleSession {
  /// A command and its output.
  struct Step {
    var command: String
    var output: [String] = []
  }

  /// The steps in order.
  let steps: [Step]

  /// The steps of the document `text`.
  init(document text: String) {
    var steps: [Step] = []
    for block in text.matches(of: /(?m)^```console\n((?s).*?)^```/) {
      for line in block.output.1.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      {
        if line.hasPrefix("$ ") {
          steps.append(Step(command: String(line.dropFirst(2))))
        } else if !steps.isEmpty {
          steps[steps.count - 1].output.append(String(line))
        }
      }
    }
    self.steps = steps
  }

  /// Runs the commands in one shell, as on a terminal of some width, and returns what each wrote.
  ///
  /// `place` is the directory that the document works in, replaced by one of the test's own.
  /// `directory` is the test's own directory, which is there.
  func run(replacing place: String, with directory: TemporaryDirectory) async throws -> [String] {
    let own = directory["incident"].string
    let mark = "-- \(UUID().uuidString)"
    // A document that starts a daemon has a reader who is slower than the daemon.
    let wait = """
      for n in {1..600}; do
        command smcontrol status --passive --format json | grep -q '"hasListener":true' && break
        sleep 0.05
      done
      """
    let lines = steps.map { step in
      let command = step.command.replacing(place, with: own)
      return "(exit $status)\n\(command)\nstatus=$?\n"
        + (command.hasSuffix("&") ? wait + "\n" : "") + "echo '\(mark)'\n"
    }
    // Output that would go to the reader's terminal goes to the test.
    let script = """
      exec 2>&1
      smcontrol() { command smcontrol --format terminal "$@"; }
      status=0

      """
    let outcome = try await ProcessRunner.run(
      "/bin/bash", ["-c", script + lines.joined()],
      environment: [
        "PATH": "\(BuiltBinaries.directory):/usr/bin:/bin", "LC_ALL": "C.UTF-8",
        "SMCONTROL_SOCKET": nil, "SMCONTROL_CF": nil, "SMCONTROL_TIMEOUT": nil,
        "SMCONTROL_READONLY": nil, "SMCONTROL_HISTFILE": "",
      ], workingDirectory: directory.path)
    return outcome.output.replacing(own, with: place).components(separatedBy: mark + "\n")
  }
}

/// The comparison of output with what a document shows.
enum ShownOutput {
  /// Returns whether `output` is what `lines` show, in which a line `...` stands for any lines. Numbers,
  /// blanks and the names of the machine and its users differ from run to run.
  static func matches(_ lines: [String], _ output: String) -> Bool {
    var actual = output.components(separatedBy: "\n")
    if actual.last == "" { actual.removeLast() }
    return matches(lines.map(plain)[...], actual.map(plain)[...])
  }

  private static func matches(_ shown: ArraySlice<String>, _ actual: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return actual.isEmpty }
    if first == "..." {
      return actual.indices.contains { matches(shown.dropFirst(), actual[$0...]) }
        || matches(shown.dropFirst(), actual.suffix(0))
    }
    return first == actual.first && matches(shown.dropFirst(), actual.dropFirst())
  }

  private static func plain(_ line: String) -> String {
    line.replacing(/[0-9]+/, with: "0").replacing(/[ ]+/, with: " ")
      .replacing(#/[^ ]+ 0-0-0 0:0:0$/#, with: "HOST TIME")
      .replacing(/user [^,]+, group [^,]+,/, with: "user USER, group GROUP,")
  }
}
