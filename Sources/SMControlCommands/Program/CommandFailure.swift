// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient

/// A command that did not do what it was asked to: what to say on standard error, and what to exit
/// with.
struct CommandFailure: Error {
  /// What to exit with.
  let exitCode: Int32
  /// The lines for standard error, without the program's name.
  let lines: [String]
  /// What was wrong on the control socket, if that was it.
  var cause: ControlError.Code?

  init(_ status: ExitStatus, _ lines: [String]) {
    exitCode = status.rawValue
    self.lines = lines
  }

  /// A program that was run and failed, whose exit code becomes ours.
  init(passingOn exitCode: Int32, _ line: String) {
    self.exitCode = exitCode
    lines = [line]
  }

  /// A command that has said itself what was wrong.
  init(passingOn exitCode: Int32) {
    self.exitCode = exitCode
    lines = []
  }

  init(_ status: ExitStatus, _ line: String) {
    self.init(status, [line])
  }

  init(_ error: ControlError) {
    self.init(ExitStatus(error), error.description)
    cause = error.code
  }

  init(_ error: WatchError) {
    self.init(ExitStatus(error), error.description)
  }

  init(_ error: FileError) {
    self.init(ExitStatus(error), error.description)
  }

  /// A reply that was not understood.
  ///
  /// - Parameter end: how it ended: one broken off by a reset is the connection's fault.
  init(_ error: ReplyError, from path: String, end: ReplyEnd) {
    let line = HarmlessText.make(error.text.prefix(200))
    let quoted = line.isEmpty ? "" : ": \(line)"
    switch error.code {
    case .empty:
      self.init(
        ExitStatus(error),
        [
          "\(path): the daemon closed the connection without a reply",
          "it does so when Timeout.control runs out, or when it is about to end",
        ])
    case .refused:
      self.init(ExitStatus(error), "\(path): the daemon refused\(quoted)")
    case .cutShort:
      self.init(
        end.wasReset ? .inputOutputError : ExitStatus(error),
        "\(path): the reply is cut short at line \(error.line), expected \(error.expected)\(quoted)"
      )
    case .malformed:
      self.init(
        ExitStatus(error),
        """
        \(path): line \(error.line) of the reply is not in the protocol's form, \
        expected \(error.expected)\(quoted)
        """)
    }
  }
}
