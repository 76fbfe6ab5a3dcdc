// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization

extension TerminalSession {
  /// Waits until `condition` is true of the screen.
  ///
  /// `description` names the condition, for the error. `timeout` is an upper bound.
  ///
  /// - Returns: the screen of which it is true.
  /// - Throws: ``HarnessError`` with all that is on the screen when the time is up, or when the program
  ///   has ended and it is still not true; and what `condition` throws.
  @discardableResult
  public func waitForScreen(
    _ description: String, timeout: Duration = .seconds(120),
    where condition: (Screen) throws -> Bool
  ) async throws -> Screen {
    try await wait(for: description, timeout: timeout) { try condition($0.screen) }
  }

  /// Waits until `text` stands on the screen, or among the rows that have left it.
  ///
  /// - Throws: as ``waitForScreen(_:timeout:where:)`` does.
  @discardableResult
  public func waitFor(_ text: String, timeout: Duration = .seconds(120)) async throws -> Screen {
    try await waitForScreen("the text “\(text)”", timeout: timeout) { $0.allText.contains(text) }
  }

  /// Waits until what stands in the cursor's row before the cursor ends with `suffix`, and the program
  /// has written something since a key was last pressed: a prompt that was there before is none.
  ///
  /// - Throws: as ``waitForScreen(_:timeout:where:)`` does.
  @discardableResult
  public func waitForLine(
    last suffix: String, timeout: Duration = .seconds(120)
  ) async throws -> Screen {
    try await wait(for: "a line that ends with “\(suffix)” before the cursor", timeout: timeout) {
      $0.transcript.count > $0.transcriptAtKey && $0.screen.lineToCursor.hasSuffix(suffix)
    }
  }

  /// Waits until the terminal does what `condition` demands: readline, for one, changes the settings
  /// after it has been asked for a line.
  ///
  /// - Throws: ``HarnessError`` when the time is up.
  public func waitForSettings(
    _ description: String, timeout: Duration = .seconds(120),
    where condition: (TerminalSettings) -> Bool
  ) async throws {
    try await eventually(description, timeout: timeout) { try condition(terminalSettings) }
  }

  /// Waits until the program has ended and all that it wrote has been read.
  ///
  /// - Throws: ``HarnessError`` with all that is on the screen when the time is up.
  @discardableResult
  public func waitForExit(timeout: Duration = .seconds(120)) async throws -> TerminalProgramEnding {
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    while true {
      let state = state.withLock { $0 }
      if let termination = state.termination, !state.isReading { return termination }
      guard clock.now < deadline else { throw failure("the end of \(name)", timeout, state) }
      try await clock.sleep(for: .milliseconds(5))
    }
  }

  private func wait(
    for description: String, timeout: Duration, _ condition: (State) throws -> Bool
  ) async throws -> Screen {
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    while true {
      let state = state.withLock { $0 }
      if try condition(state) { return state.screen }
      guard state.isReading, clock.now < deadline else {
        throw failure(description, timeout, state)
      }
      try await clock.sleep(for: .milliseconds(5))
    }
  }

  private func failure(_ description: String, _ timeout: Duration, _ state: State) -> HarnessError {
    let reason =
      if state.isReading {
        "waited \(timeout) in vain for"
      } else {
        "\(name) has ended (\(state.termination.map { "\($0)" } ?? "?")), and there was not"
      }
    return HarnessError(
      """
      \(reason): \(description)
      \(state.screen)
      the last bytes: \(EscapedBytes.text(state.transcript.suffix(400)))
      """)
  }
}
