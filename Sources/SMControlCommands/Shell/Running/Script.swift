// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// Commands that no one types while they run: of standard input, or the arguments of `-e`. No prompt, no
/// history.
struct Script {
  private let session: ShellSession
  private let context: CommandContext
  private let keepsGoing: Bool

  /// A script.
  ///
  /// `keepsGoing` is true if a command that fails is not the last one.
  init(_ session: ShellSession, context: CommandContext, keepsGoing: Bool) {
    self.session = session
    self.context = context
    self.keepsGoing = keepsGoing
  }

  /// Runs `lines` to their end, to `quit`, or to the first that fails.
  ///
  /// - Returns: what the first that failed exited with, or 0; 130 when a signal ended it.
  func run(_ lines: LineSource) async -> Int32 {
    var lines = lines
    var number = 0
    var first: Int32 = 0
    while !session.isOver {
      number += 1
      let context = context(at: "line \(number)")
      let next: LineSource.Next
      do {
        next = try lines.next()
      } catch {
        let reason =
          error == .messageTooLong
          ? "longer than \(LineSource.longestLine) bytes" : "read: \(error)"
        context.console.complain([reason])
        return first == 0 ? ExitStatus.noInput.rawValue : first
      }
      switch next {
      case .end: return first
      case .interrupted: return ExitStatus.interrupted.rawValue
      case .line(var line):
        // A file that was written elsewhere may end its lines by CR LF.
        if line.last == ASCII.carriageReturn { line.removeLast() }
        let status = await LineRunner(session, context: context).run(line)
        if context.interruption.signal != nil { return ExitStatus.interrupted.rawValue }
        if first == 0 { first = status }
        if isEnd(status) { return first }
      }
    }
    return first
  }

  /// Runs `commands` to their end, to `quit`, or to the first that fails.
  ///
  /// - Returns: what the first that failed exited with, or 0; 130 when a signal ended it.
  func run(_ commands: [Word]) async -> Int32 {
    var first: Int32 = 0
    for (index, command) in commands.enumerated() where !session.isOver {
      let context = commands.count == 1 ? context : context(at: "-e number \(index + 1)")
      let status = await LineRunner(session, context: context).run(command)
      if context.interruption.signal != nil { return ExitStatus.interrupted.rawValue }
      if first == 0 { first = status }
      if isEnd(status) { return first }
    }
    return first
  }

  private func isEnd(_ status: Int32) -> Bool {
    status == ExitStatus.brokenPipe.rawValue || (status != 0 && !keepsGoing)
  }

  private func context(at place: String) -> CommandContext {
    var context = context
    context.console.origin += place + ": "
    return context
  }
}
