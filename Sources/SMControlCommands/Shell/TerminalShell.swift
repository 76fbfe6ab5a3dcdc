// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import InteractiveShell
internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The shell on a terminal.
struct TerminalShell {
  private let session: ShellSession
  private let runner: LineRunner
  private let context: CommandContext
  private let history: HistoryFile?
  private let editor: ReadlineEditor

  /// The time without a key between two polls of the daemon.
  private static let pause = Duration.seconds(2)

  /// A shell.
  ///
  /// `polls` is true if the daemon is observed while nothing is typed.
  init(_ session: ShellSession, context: CommandContext, polls: Bool) {
    self.session = session
    var context = context
    context.shell = session
    self.context = context
    runner = LineRunner(session, context: context)
    history = context.environment.historyFile.map { HistoryFile(path: FilePath($0)) }
    let completer = Completer(session: session, context: context)
    editor = ReadlineEditor(
      name: "smcontrol", signals: context.interruption,
      write: { [context] bytes in try? context.console.write(bytes[...]) },
      callbacks: ReadlineEditor.Callbacks(
        complete: completer.complete, explain: completer.explain,
        poll: { [context] in Self.poll(session, context) }, pause: polls ? Self.pause : nil))
  }

  /// Runs until `quit`, Ctrl-D, or a signal that asks for the end.
  ///
  /// - Returns: what to exit with.
  func run() async -> Int32 {
    session.ask = editor.ask
    LastResort.leaveInterrupt()
    readHistory()
    let target = UseCommand.description(of: session.connection, in: context)
    say(
      "\(SMControlProgram.name) \(Version.text), \(target)\n"
        + "help and ? help, Tab completes, Ctrl-D leaves.\n")
    session.resolvePlace(in: context)
    while !session.isOver {
      if let news = Self.poll(session, context) { say(news.announcement) }
      switch editor.readLine(prompt: Self.prompt(session, context)) {
      case .line(let text):
        for line in text.split(separator: ASCII.lineFeed) where !session.isOver {
          guard await run(Array(line)) else { return ExitStatus.interrupted.rawValue }
        }
      case .interrupted: continue
      case .endOfInput: return ExitStatus.ok.rawValue
      case .ended: return ExitStatus.interrupted.rawValue
      }
    }
    return ExitStatus.ok.rawValue
  }

  /// Runs a line.
  ///
  /// - Returns: false when a signal asks for the end.
  private func run(_ line: [UInt8]) async -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    guard text.contains(where: { !$0.isWhitespace }) else { return true }
    keep(text)
    _ = await runner.run(line)
    guard let signal = context.interruption.signal else { return true }
    guard signal == SIGINT else { return false }
    context.interruption.clearInterrupt()
    // The terminal has shown ^C and is still in that row.
    say("\n")
    return true
  }

  private func readHistory() {
    guard let history else { return }
    do {
      session.history = try history.read()
    } catch {
      warn(of: error)
    }
    editor.setHistory(session.history)
  }

  /// Adds `line` to the history before it is run, so that nothing that becomes of it loses it.
  private func keep(_ line: String) {
    editor.addToHistory(line)
    session.history.removeAll { $0 == line }
    session.history.append(line)
    session.history = session.history.suffix(HistoryFile.lineLimit)
    do {
      try history?.append(line)
    } catch {
      warn(of: error)
    }
  }

  private func warn(of error: FileError) {
    let text = "\(error): the history is not kept"
    if session.shouldWarn(text) { context.console.warn(text) }
  }

  /// Writes `text` for the person at the terminal. When the terminal is gone, no one reads it.
  private func say(_ text: String) {
    try? context.console.write(text)
  }

  private static func poll(
    _ session: ShellSession, _ context: CommandContext
  ) -> ReadlineEditor.PromptUpdate? {
    let before = session.tracker
    session.poll()
    let style = Display.style(of: context, colour: session.display.colour)
    let announcement = PresenceText.announcement(
      from: before, to: session.tracker, time: CalendarTime().time, style: style)
    guard announcement != nil || !before.hasSamePrompt(as: session.tracker) else { return nil }
    return ReadlineEditor.PromptUpdate(
      announcement: announcement ?? "", prompt: prompt(session, context))
  }

  private static func prompt(_ session: ShellSession, _ context: CommandContext) -> String {
    PresenceText.prompt(
      name: "mta", session.tracker.presence,
      style: Display.style(of: context, colour: session.display.colour))
  }
}
