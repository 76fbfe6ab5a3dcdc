// SPDX-License-Identifier: Apache-2.0

/// The command line that a daemon was started with. sendmail overwrites it in the process table with its title,
/// so that it is only in the second line of the PID file, and in the table until the first title.
package struct DaemonCommandLine: Sendable, Equatable {
  /// The arguments without the program's name.
  package var arguments: [[UInt8]]

  /// A command line with `arguments`.
  package init(arguments: [[UInt8]]) {
    self.arguments = arguments
  }

  /// The command line in the second line of a PID file, where its words are joined by blanks. A word that is no
  /// option belongs to the argument before it: a daemon has no other words.
  package init(line: [UInt8]) {
    var arguments: [[UInt8]] = []
    for word in line.split(separator: ASCII.space).dropFirst() {
      if word.first != ASCII.minus, let last = arguments.last, !Self.isIncomplete(last) {
        arguments[arguments.count - 1] += [ASCII.space] + word
      } else {
        arguments.append(Array(word))
      }
    }
    self.init(arguments: arguments)
  }

  /// Returns whether a daemon with the second line `line` of a PID file was started by a relative path or with a
  /// relative `-C`, so that it cannot restart; `nil` for an empty line.
  package static func isRelative(_ line: [UInt8]) -> Bool? {
    guard let program = line.split(separator: ASCII.space).first else { return nil }
    let file = DaemonCommandLine(line: line).value(of: "C")
    return program.first != ASCII.slash || file.map { $0.first != ASCII.slash } == true
  }

  /// The options whose argument may be the next word (`getopt` in sendmail's `main.c`).
  private static let optionsWithArgument = Set("AbBCDefFhLMNoOpQrRVX".utf8)

  /// Returns whether `argument` is an option whose argument is the next word.
  private static func isIncomplete(_ argument: [UInt8]) -> Bool {
    argument.count == 2 && argument[0] == ASCII.minus && optionsWithArgument.contains(argument[1])
  }

  /// The options that it sets, `-O` and `-o`, in order.
  package var overrides: [OptionOverride] { OptionOverride.all(in: arguments) }

  /// The same without the options `codes`.
  package func without(_ codes: Set<OptionCode>) -> DaemonCommandLine {
    let kept = overrides.filter { override in
      (try? override.assignment()).map { !codes.contains($0.option.code) } ?? true
    }
    var line = DaemonCommandLine(
      arguments: kept.flatMap { override -> [[UInt8]] in
        switch override {
        case .long(let text): [Array("-O".utf8), text]
        case .short(let text): [Array("-o".utf8), text]
        }
      })
    if let configurationFile { line.arguments += [Array("-C".utf8), configurationFile] }
    return line
  }

  /// The configuration file of a daemon whose command line names none.
  package static let defaultFile = "/etc/mail/sendmail.cf"
  /// The configuration file that `-Ac` means.
  package static let submissionFile = "/etc/mail/submit.cf"

  /// The configuration file that it names, or that `-Ac` means; `nil` for the daemon's default.
  package var configurationFile: [UInt8]? {
    if let file = value(of: "C") { return file }
    return value(of: "A")?.first == UInt8(ascii: "c") ? Array(Self.submissionFile.utf8) : nil
  }

  /// The configuration file that a daemon with it reads.
  package var effectiveConfigurationFile: [UInt8] {
    configurationFile ?? Array(Self.defaultFile.utf8)
  }

  /// True if it starts a daemon that listens (`-bd`, `-bD`).
  package var isDaemon: Bool {
    value(of: "b").map { $0.elementsEqual("d".utf8) || $0.elementsEqual("D".utf8) } ?? false
  }

  /// True if the daemon that it starts stays in the foreground (`-bD`).
  package var isForeground: Bool { value(of: "b")?.elementsEqual("D".utf8) == true }

  /// The settings of the options that it sets, each the last one; those that add up have an entry each.
  package var settings: [(name: String, value: [UInt8])] {
    var settings: [(name: String, value: [UInt8])] = []
    for assignment in overrides.compactMap({ try? $0.assignment() }) {
      let name =
        assignment.option.shownName
        + (assignment.suboption.map { ".\(TerminalEscaping.escape($0))" } ?? "")
      if !ConfigurationParser.accumulating.contains(assignment.option.code) {
        settings.removeAll { $0.name == name }
      }
      settings.append((name, assignment.value))
    }
    return settings
  }

  /// The control socket that it sets; `nil` when it sets none.
  package var controlSocket: [UInt8]? {
    settings.last { $0.name == "ControlSocketName" }?.value
  }

  /// The settings in lines, each with its origin.
  package var settingTexts: [String] {
    settings.map { "\($0.name)=\(TerminalEscaping.escape($0.value)), by the daemon's command line" }
  }

  /// The argument of the last option `letter`.
  private func value(of letter: Unicode.Scalar) -> [UInt8]? {
    var found: [UInt8]?
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.count > 1, argument[0] == ASCII.minus else { continue }
      let isWanted = argument[1] == UInt8(ascii: letter)
      // `-C` and `-Q` without an argument have one of sendmail's own.
      let hasOwn = "CQ".utf8.contains(argument[1]) && rest.first?.first == ASCII.minus
      if Self.isIncomplete(argument), !hasOwn {
        if let value = rest.popFirst(), isWanted { found = value }
      } else if isWanted {
        found = Array(argument.dropFirst(2))
      }
    }
    return found?.isEmpty == true ? nil : found
  }
}

extension DaemonObservation {
  /// The command line of the daemon, from its PID file; `nil` when that file is another's or may not be read.
  package var commandLine: DaemonCommandLine? {
    if let heldPIDFile { return DaemonCommandLine(line: heldPIDFile.commandLine) }
    guard let file = pidFile.value, !file.commandLine.isEmpty, let daemon = daemonProcessID,
      daemon == pidFileDaemonID || daemon == file.lockHolder
    else { return nil }
    return DaemonCommandLine(line: file.commandLine)
  }
}
