// SPDX-License-Identifier: Apache-2.0

extension RunningDaemon {
  /// The facts in lines, each group with its label, and the colour of each line for reading.
  private var groups: [(label: String, lines: [(text: String, paint: Paint?)])] {
    let directory = [workingDirectory?.difference].compactMap { $0 }
    let groups: [(label: String, lines: [(text: String, paint: Paint?)])] = [
      ("Queue", directory.map { ($0, .bad) }),
      ("Queue runs", queueLines),
      ("Ports", ports.map { ($0.text, $0.isMissing == true ? .warning : nil) }),
      ("Options", (commandLine?.settingTexts ?? []).map { ($0, nil) }),
      ("Changed", (configurationAge?.lines ?? []).map { ($0, .warning) }),
      ("Not checked", (configurationAge?.unknown ?? []).map { ($0, nil) }),
    ]
    return groups.filter { !$0.lines.isEmpty }
  }

  private var queueLines: [(text: String, paint: Paint?)] {
    [queueRuns?.text].compactMap { $0 }.map { ($0, idleQueueText == nil ? nil : .warning) }
      + idleGroupTexts.map { ($0, .warning) }
  }

  /// The facts in lines, each group with its label.
  var facts: [(label: String, lines: [String])] {
    groups.map { ($0.label, $0.lines.map(\.text)) }
  }

  /// Returns the facts for reading, a line a fact, folded where the place is too narrow.
  func text(_ style: TerminalStyle) -> String {
    groups.flatMap { group in
      group.lines.enumerated().map { index, line in
        style.fact(index == 0 ? group.label : "", StyledText(style.shown(line.text), line.paint))
      }
    }.joined()
  }
}
