// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// The destination of text for reading: standard output, or a pager before it.
struct Display {
  /// The capabilities of the destination.
  let style: TerminalStyle
  private let console: Console
  private let environment: EnvironmentVariables
  private let interruption: Interruption
  private let pages: Bool

  /// The place that `options` and the environment describe.
  init(_ options: DisplayOptions?, context: CommandContext) {
    console = context.console
    environment = context.environment
    interruption = context.interruption
    style = Self.style(of: context, colour: options?.colour)
    let isDumb =
      context.environment.value(of: EnvironmentVariables.Name.terminal.rawValue) == "dumb"
    pages = console.isTerminal && !console.isQuiet && options?.noPager != true && !isDumb
  }

  /// Returns the capabilities of the destination of the output.
  static func style(of context: CommandContext, colour: ColourChoice? = nil) -> TerminalStyle {
    let isTerminal = context.console.isTerminal
    return TerminalStyle(
      isTerminal: isTerminal, columns: isTerminal ? Terminal.size?.columns : nil,
      variables: TerminalStyle.Variables { context.environment.value(of: $0) },
      colour: colour ?? .auto)
  }

  /// The number of lines by which text may be longer than the screen without a pager.
  private static let extraLines = 2

  /// Shows `text`: through the pager when it is much longer than the screen. What a pager that fails was
  /// to show is shown without it.
  ///
  /// - Throws: ``CommandFailure``: as ``Console/write(_:)`` does, and ``ExitStatus/interrupted`` when a
  ///   signal ended the pager.
  func show(_ text: String) async throws(CommandFailure) {
    // The last row is the prompt's.
    guard pages, let rows = Terminal.size?.rows, rows > 0,
      text.utf8.count(where: { $0 == ASCII.lineFeed }) > rows - 1 + Self.extraLines
    else { return try console.write(text) }
    var complaint: String?
    // After a signal the pager is ended, too.
    LastResort.hold()
    defer { LastResort.release() }
    do {
      if let pager = Pager(words: try pagerWords, isSecure: geteuid() == 0) {
        let ending = try await pager.show(text, interruption: interruption)
        guard interruption.signal == nil else { throw CommandFailure(.interrupted, []) }
        guard let failure = Self.failure(ending) else { return }
        // Before the text, which may be long.
        console.warn(
          "the pager \(failure): \(TerminalEscaping.escape((environment.pager ?? "less").utf8))")
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      // A pager that was not asked for is not missed.
      complaint = environment.pager.map {
        "no pager: \(TerminalEscaping.escape($0.utf8)): \(error)"
      }
    }
    try console.write(text)
    if let complaint { console.warn(complaint) }
  }

  /// Returns the failure of a pager in words; `nil` for none. One that the user ends by Ctrl-C has none.
  private static func failure(_ ending: PipedProgram.Ending) -> String? {
    switch ending {
    case .exited(0), .signalled(SIGINT): nil
    case .exited(let code): "exited with status \(code)"
    case .signalled(let signal): "was ended by signal \(signal)"
    }
  }

  /// The program that the environment names and its arguments; no words for none.
  private var pagerWords: [String] {
    get throws {
      guard let line = environment.pager else { return ["less", "-FRX"] }
      let words = try ShellWord.split(line)
      // What cat would do to the text is done here.
      return words == ["cat"] ? [] : words
    }
  }
}
