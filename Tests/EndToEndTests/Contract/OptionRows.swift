// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlDaemon
import SystemPackage
import TestSupport

@testable import SMControlCommands

/// Every option of every command: where it is listed it has an effect, and the same effect wherever it is
/// given; where it is not listed it is refused.
enum OptionRows {
  static var all: [ContractRow] {
    let known = OptionCase.all.map(\.name) + OptionCase.onTerminal
    return CommandTable.commands.map(\.name).flatMap { command -> [ContractRow] in
      let unknown = ListedOptions.options(of: command).filter { Set($0).isDisjoint(with: known) }
      return unknown.map { names in
        ContractRow("\(command)/\(names[0])") { ["OptionCase.swift has no case for it"] }
      } + rows(of: command)
    } + OptionStartRows.all
  }

  private static func rows(of command: String) -> [ContractRow] {
    var seen: Set<String> = []
    let cases = OptionCase.all.filter { $0.isFor(command) && seen.insert($0.name).inserted }
    let others = OptionCase.onTerminal.map { [$0] } + OptionCase.ofShell
    return cases.flatMap { option -> [ContractRow] in
      guard let names = ListedOptions.names(of: option.name, of: command) else {
        return [refusal(of: option.words, command)]
      }
      let probe = OptionProbe(option, command: command, names: names)
      return [
        ContractRow("\(command)/\(option.name)") { try await probe.violationsOfEffect() },
        ContractRow("\(command)/\(option.name)/everywhere") {
          try await probe.violationsOfPlaces()
        },
      ]
    }
      + others.filter { ListedOptions.names(of: $0[0], of: command) == nil }
      .map { refusal(of: $0, command) }
  }

  /// The row that `command` refuses an option that it does not list, after its name and before it.
  private static func refusal(of words: [String], _ command: String) -> ContractRow {
    ContractRow("\(command)/\(words[0])/not listed") {
      let place = try ContractPlace()
      let other = try ContractPlace()
      let option = OptionProbe.expand(words, other)
      let line = OptionProbe.line(of: command)
      var violations = Violations()
      for words in [line + option, option + line] {
        let result = try await place.run(words)
        violations.require(
          result.isUsageError(of: command), "expected a usage error: \(result.description)")
      }
      violations.require(
        place.startedSendmails.isEmpty, "expected no run of sendmail: \(place.startedSendmails)")
      return violations.list
    }
  }
}
