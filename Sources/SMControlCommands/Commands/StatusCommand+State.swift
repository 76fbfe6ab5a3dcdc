// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

extension StatusCommand {
  /// Shows the state alone, and compares it.
  func show(
    _ report: StatusReport, comparedWith state: ExpectedState, _ output: Output
  ) async throws(CommandFailure) -> ExitStatus {
    let isMet = state.isMet(by: report.status)
    let title = report.status.daemon.map { ": \(TerminalEscaping.escape($0.title))" }
    return try await output.show(
      Outcome(
        StateReport(report), status: isMet.map { $0 ? .ok : .refused } ?? .dataError,
        remarks: isMet == nil ? ["the daemon's state is not known" + (title ?? "")] : []))
  }
}

extension ExpectedState {
  /// The daemon's state in one word where the failure of a query tells that it is not this one; `nil` where
  /// it does not tell.
  func word(for failure: CommandFailure) -> String? {
    guard failure.isMissingReply else { return nil }
    let notAnswering: String? = self == .answering ? "not-answering" : nil
    switch failure.socketError {
    case .noSuchSocket, .noListener: return failure.alive == true ? notAnswering : "down"
    case .deadlinePassed, .listenQueueFull: return notAnswering
    default: return nil
    }
  }
}
