// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

@testable import SMControlCommands

/// The behaviour that users, scripts and monitoring rely on, for every command and in every combination.
///
/// The families of rows are values beside this file; rows that do not hold yet are listed in
/// KnownFailures.swift. To try some of them, set `SMCONTROL_CONTRACT_ROWS` to a pattern such as
/// `signals/pager/*`.
@Suite("Contract of the commands", .serialized)
struct ContractTests {
  @Test("Every command has rows")
  func commands() {
    #expect(Set(CommandForm.all.map(\.command)) == Set(CommandTable.commands.map(\.name)))
  }

  @Test("Every command gives its output in every format, or refuses before anything is sent")
  func formats() async {
    await ContractRun.check("formats", FormatRows.all)
  }

  @Test("Every command under every failure exits with the manual's status and says why")
  func failures() async {
    await ContractRun.check("failures", FailureRows.all)
  }

  @Test("A monitoring plugin has its own formats and exit statuses in every situation")
  func plugin() async {
    await ContractRun.check("plugin", CheckRows.all)
  }

  @Test("Every option has an effect, and the same wherever it is given")
  func options() async {
    await ContractRun.check("options", OptionRows.all + TerminalOptionRows.all)
  }

  @Test("A signal ends every command at once in every state")
  func signals() async {
    let rows = SignalRows.all + StallRows.all + ProgramSignalRows.all + ShellSignalRows.all
    await ContractRun.check("signals", rows, width: 40)
  }

  @Test("Every wait ends within the deadline that was given")
  func deadlines() async {
    await ContractRun.check("deadlines", DeadlineRows.all, width: 24)
  }
}
