// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport

/// The commands of a document.
///
/// In a block marked `console` each line that begins with `$ ` is a command, and the lines after it are its
/// output. In a block marked `sh`, and in one that is indented, each line is a command, or the whole block
/// where it has indented lines of its own; its output is not shown. Other blocks, and those that begin with
/// the name of a file (`# /etc/...`), have no commands.
struct DocumentSession {
  /// A command and its output, `nil` where the document shows none.
  struct Step {
    var command: String
    var output: [String]?
  }

  /// The end of a command.
  struct Result {
    let status: Int32?
    let output: String
  }

  /// The steps in order.
  private(set) var steps: [Step] = []

  /// The steps of the document `text`.
  init(document text: String) {
    // The label of the open block, "indented" for one without fences, and its lines.
    var block: (label: Substring, lines: [String])?
    var isAfterEmptyLine = true
    func end() {
      guard let (label, lines) = block else { return }
      block = nil
      switch label {
      case "console": appendSession(lines)
      case "sh", "indented": if lines.first?.hasPrefix("# /") == false { appendCommands(lines) }
      default: break
      }
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        let opens = block == nil || block?.label == "indented"
        end()
        if opens { block = (line.dropFirst(3), []) }
      } else if let label = block?.label, label != "indented" {
        block?.lines.append(String(line))
      } else if line.hasPrefix("    "), block != nil || isAfterEmptyLine {
        if block == nil { block = ("indented", []) }
        block?.lines.append(String(line.dropFirst(4)))
      } else {
        end()
      }
      isAfterEmptyLine = line.isEmpty
    }
    end()
  }

  private mutating func appendSession(_ lines: [String]) {
    for line in lines {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), output: []))
      } else if !steps.isEmpty {
        steps[steps.count - 1].output?.append(line)
      }
    }
  }

  private mutating func appendCommands(_ lines: [String]) {
    let isOne = lines.contains { $0.hasPrefix(" ") }
    let commands = isOne ? [lines.joined(separator: "\n")] : lines.filter { !$0.isEmpty }
    steps += commands.map { Step(command: $0) }
  }

  /// Removes the steps whose command begins with one of `commands`, and returns those that begin none.
  mutating func remove(_ commands: [String]) -> Set<String> {
    var unused = Set(commands)
    steps.removeAll { step in
      guard let command = commands.first(where: step.command.hasPrefix) else { return false }
      unused.remove(command)
      return true
    }
    return unused
  }

  /// Runs the commands in one shell and returns how each ended.
  ///
  /// `directory` is the working directory. `places` are the directories that the document names,
  /// each with one that stands for it. `environment` has variables to set, in addition to those
  /// that every reader has. `prelude` are shell commands to run first.
  ///
  /// - Returns: as many results as there are steps, fewer if the shell ended early.
  /// - Throws: ``HarnessError`` when the shell cannot be run.
  func run(
    in directory: FilePath, replacing places: [(String, with: String)],
    environment: [String: String?] = [:], prelude: String = ""
  ) async throws -> [Result] {
    let mark = "-- \(UUID().uuidString) "
    // A document that starts a daemon has a reader who is slower than the daemon.
    let wait = """
      for n in {1..600}; do
        command smcontrol status --passive --format json | grep -q '"hasListener":true' && break
        sleep 0.05
      done

      """
    let lines = steps.map { step in
      let command = places.reduce(step.command) { $0.replacing($1.0, with: $1.with) }
      return "(exit $status)\n\(command)\nstatus=$?\n" + (command.hasSuffix("&") ? wait : "")
        + "echo '\(mark)'$status\n"
    }
    // Output that would go to the reader's terminal goes to the test.
    let script = "exec 2>&1; set -o pipefail; status=0\n\(prelude)\n" + lines.joined()
    let outcome = try await ProcessRunner.run(
      "/bin/bash", ["-c", script],
      environment: [
        "PATH": "\(BuiltBinaries.directory):/usr/bin:/bin:/usr/sbin", "LC_ALL": "C.UTF-8",
        "SMCONTROL_SOCKET": nil, "SMCONTROL_CF": nil, "SMCONTROL_TIMEOUT": nil,
        "SMCONTROL_READONLY": nil, "SMCONTROL_HISTFILE": "",
      ].merging(environment) { $1 }, workingDirectory: directory)
    let output = places.reduce(outcome.output) { $0.replacing($1.with, with: $1.0) }
    let parts = output.components(separatedBy: mark)
    // The status of a command begins the part after it.
    return zip(parts, parts.dropFirst().map { $0.prefix { $0 != "\n" } }).enumerated().map {
      let (text, status) = $1
      return Result(
        status: Int32(status), output: $0 == 0 ? text : String(text.drop { $0 != "\n" }.dropFirst())
      )
    }
  }
}
