// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
package import SystemSupport

/// Reads lines from a terminal with GNU readline. Between two lines the terminal is in its normal mode.
///
/// There is one readline in a process, so there must be one of these at a time, used by one thread.
package final class ReadlineEditor {
  /// A change that is announced while no key is pressed.
  package struct PromptUpdate {
    /// The announcement above the line: whole lines, nothing in them that a terminal obeys; empty for
    /// none.
    package var announcement: String
    /// The prompt from now on, with its colours between U+0001 and U+0002.
    package var prompt: String

    /// A change, and the prompt after it.
    package init(announcement: String, prompt: String) {
      self.announcement = announcement
      self.prompt = prompt
    }
  }

  /// The functions of its owner that the editor calls while a line is typed.
  package struct Callbacks {
    /// Returns the words that the one at the end of this text, before the cursor, can become.
    package var complete: (_ text: String) -> Completion?
    /// Returns a list of the words that can stand at the end of this text, in at most so many rows of
    /// so many columns.
    package var explain: (_ text: String, _ columns: Int, _ rows: Int) -> String
    /// Returns a change, if there is one; called each time ``pause`` is over.
    package var poll: () -> PromptUpdate?
    /// The time between two calls of ``poll``, or `nil` for none at all.
    package var pause: Duration?

    /// The functions to call.
    package init(
      complete: @escaping (String) -> Completion?,
      explain: @escaping (String, Int, Int) -> String, poll: @escaping () -> PromptUpdate?,
      pause: Duration?
    ) {
      self.complete = complete
      self.explain = explain
      self.poll = poll
      self.pause = pause
    }
  }

  private let callbacks: Callbacks
  private let signals: Interruption
  private let write: ([UInt8]) -> Void
  private let clock = ContinuousClock()
  private var event: LineEvent?
  private var isAsking = false
  private var completion: Completion?

  // readline calls back without saying for whom.
  private nonisolated(unsafe) static weak var active: ReadlineEditor?

  /// An editor for the program `name`, by which a user's `inputrc` knows it.
  ///
  /// `signals` end a wait for keys. `write` writes to the terminal; it returns early when a signal
  /// comes while the terminal takes nothing. `callbacks` are called while a line is typed.
  package init(
    name: StaticString, signals: Interruption, write: @escaping ([UInt8]) -> Void,
    callbacks: Callbacks
  ) {
    self.signals = signals
    self.write = write
    self.callbacks = callbacks
    unsafe Self.active = self
    TerminalGuard.install()
    unsafe Readline.prepare(
      name: name,
      write: { _, bytes, count in
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
        unsafe ReadlineEditor.active?.write(bytes)
        return count
      },
      complete: { _, start, _ in unsafe ReadlineEditor.active?.matches(from: Int(start)) },
      list: { _, _, _ in unsafe ReadlineEditor.active?.list() },
      explain: { count, _ in
        unsafe ReadlineEditor.active?.explain(count)
        return 0
      })
  }

  /// Waits for a line.
  package func readLine(prompt: String) -> LineEvent {
    edit(prompt)
  }

  /// Asks `question` and returns what is typed; `nil` when it is Ctrl-C, Ctrl-D or the end. What was
  /// typed before the question stood there is no answer to it.
  package func ask(_ question: String) -> String? {
    tcflush(STDIN_FILENO, TCIFLUSH)
    isAsking = true
    defer { isAsking = false }
    guard case .line(let answer) = edit(question) else { return nil }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Makes `lines` the history, the newest last.
  package func setHistory(_ lines: [String]) {
    ReadlineHistory.replace(with: lines)
  }

  /// Adds `line` to the history, in the place of the same one before.
  package func addToHistory(_ line: String) {
    ReadlineHistory.add(line, limit: HistoryFile.lineLimit)
  }

  private func edit(_ prompt: String) -> LineEvent {
    event = nil
    let editing = EditingSignals()
    unsafe Readline.begin(prompt: prompt) { line in
      // Before anything is printed, so that it is printed to a terminal in its normal mode.
      Readline.end()
      unsafe ReadlineEditor.active?.finish(line)
    }
    defer { Readline.end() }
    var nextPoll = callbacks.pause.map { clock.now + $0 }
    while true {
      if let event { return event }
      if let signal = signals.signal { return giveUp(signal) }
      var descriptors = [STDIN_FILENO, signals.descriptor, editing.descriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      let count = unsafe poll(&descriptors, 3, milliseconds(until: nextPoll))
      guard count >= 0 || errno == EINTR else { return .endOfInput }
      for signal in editing.take() { obey(signal) }
      // Left from a signal that has been forgotten.
      if count > 0, descriptors[1].revents != 0, signals.signal == nil {
        signals.clearInterrupt()
      }
      guard count > 0 else {
        if let pause = callbacks.pause, let poll = nextPoll, clock.now >= poll {
          announceNews()
          nextPoll = clock.now + pause
        }
        continue
      }
      // The terminal is gone.
      if descriptors[0].revents & Int16(POLLHUP) != 0 { return .ended }
      if descriptors[0].revents != 0 { Readline.readCharacters() }
    }
  }

  private func milliseconds(until poll: ContinuousClock.Instant?) -> CInt {
    guard let poll else { return -1 }
    let milliseconds = clock.now.duration(to: poll).milliseconds + 1
    return CInt(max(0, min(milliseconds, 3_600_000)))
  }

  private func finish(_ line: UnsafeMutablePointer<CChar>?) {
    guard let line = unsafe line else {
      Readline.write("\n")
      event = .endOfInput
      return
    }
    event = .line(unsafe Array(UnsafeRawBufferPointer(start: line, count: strlen(line))))
    unsafe free(line)
  }

  private func giveUp(_ signal: CInt) -> LineEvent {
    Readline.abandonLine()
    guard signal == SIGINT else { return .ended }
    signals.clearInterrupt()
    return .interrupted
  }

  private func obey(_ signal: CInt) {
    switch signal {
    case SIGWINCH: Readline.resize()
    case SIGCONT: Readline.resume()
    case SIGTSTP:
      Readline.suspend()
      EditingSignals.stop()
      Readline.resume()
    default: break
    }
  }

  private func announceNews() {
    guard !isAsking, Readline.isAtRest, let news = callbacks.poll() else { return }
    Readline.showAbove(news.announcement, prompt: news.prompt)
  }

  /// The completion for Tab, in the form that readline wants: the common beginning of the candidates,
  /// then each of them, then nothing; in memory that readline frees.
  private func matches(
    from start: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    Readline.forgoDefaultCompletion()
    completion = nil
    guard !isAsking else { return nil }
    let line = Readline.textBeforeCursor
    guard let completion = callbacks.complete(String(decoding: line, as: UTF8.self)),
      let insertion = Insertion(completion.candidates, line: line, from: start)
    else { return nil }
    self.completion = completion
    Readline.appendBlank(insertion.addsBlank)
    let texts = insertion.matches.count == 1 ? [] : insertion.matches
    let array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: texts.count + 2)
    for (index, text) in ([insertion.common] + texts).enumerated() {
      unsafe array[index] = strdup(String(decoding: text, as: UTF8.self))
    }
    unsafe array[texts.count + 1] = nil
    return unsafe array
  }

  private func list() {
    guard let completion else { return }
    let size = Readline.size
    Readline.showBelow(completion.listing(size.columns, max(1, size.rows - 2)))
  }

  private func explain(_ count: CInt) {
    let text = String(decoding: Readline.textBeforeCursor, as: UTF8.self)
    let size = Readline.size
    let explanation =
      isAsking ? "" : callbacks.explain(text, size.columns, max(1, size.rows - 2))
    // Within quotes it is a question mark.
    guard !explanation.isEmpty else { return Readline.insertQuestionMark(count) }
    Readline.showBelow(explanation)
  }
}
