// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SystemSupport

/// A program that shows text a screen at a time.
struct Pager: Sendable {
  private let program: PipedProgram
  /// True if it does not stop at Ctrl-Z, as less does where it is secure.
  private let ignoresStop: Bool

  /// A pager.
  ///
  /// - Parameters:
  ///   - words: its name or path, and its arguments; `nil` comes of no words.
  ///   - isSecure: whether less is kept from starting other programs and from writing files
  ///     (`LESSSECURE`), as it should be where it runs for root.
  init?(words: [String], isSecure: Bool) {
    var variables: [String: String] = [:]
    // Without options of the user's own: end at the end of a text of one screen, pass colours on,
    // and leave the text on the screen.
    if unsafe getenv("LESS") == nil { variables["LESS"] = "FRX" }
    if isSecure { variables["LESSSECURE"] = "1" }
    ignoresStop = isSecure && words.first?.split(separator: "/").last == "less"
    guard
      let program = PipedProgram(words: words.map { Array($0.utf8) }, variables: variables)
    else { return nil }
    self.program = program
  }

  /// Shows `text` until the user leaves the pager, and puts the terminal's settings back.
  ///
  /// Ctrl-C is the pager's own matter while it runs, and forgotten after it. SIGTERM and SIGHUP end it. Ctrl-Z
  /// stops both or neither: a pager that goes on would take the keys that are typed to the shell.
  ///
  /// - Returns: how it ended.
  /// - Throws: ``FileError`` when it cannot be run; nothing has been shown then.
  func show(_ text: String, interruption: Interruption) async throws(FileError)
    -> PipedProgram.Ending
  {
    let settings = Terminal.Settings()
    defer { settings?.restore() }
    let stopping = ignoresStop ? sigaction(of: SIGTSTP) : nil
    if ignoresStop { sigaction(handler: SIG_IGN).install(for: SIGTSTP) }
    defer { stopping?.install(for: SIGTSTP) }
    let outcome = try await program.run(interruption: interruption) { descriptor in
      // It reads no more than it shows, so this takes as long as the user reads. When it wants no
      // more, or we are to end, there is nothing left to do here.
      let writer = DescriptorWriter(
        descriptor, interruption: interruption, forgetsInterrupt: true)
      try? writer.write(Array(text.utf8)[...])
    }
    interruption.clearInterrupt()
    return outcome.ending
  }
}
