// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization
internal import SystemPackage

extension TerminalSession {
  /// Types `text`, as the bytes that it is; a line feed in it is Ctrl-J and not Enter.
  ///
  /// - Throws: ``HarnessError`` when the program has ended, or takes nothing for two minutes.
  public func type(_ text: String) async throws {
    try await send(Array(text.utf8))
  }

  /// Types `line` and presses Enter.
  ///
  /// - Throws: as ``type(_:)`` does.
  public func enter(_ line: String) async throws {
    try await send(Array("\(line)\r".utf8))
  }

  /// Presses `keys` one after the other.
  ///
  /// - Throws: as ``type(_:)`` does.
  public func press(_ keys: TerminalKey...) async throws {
    for key in keys {
      try await send(key.bytes(isApplicationCursorOn: screen.isApplicationCursorOn))
    }
  }

  /// Pastes `text`: as typed, but marked as pasted when the program has asked for that. As xterm does,
  /// with carriage returns for line feeds.
  ///
  /// - Throws: as ``type(_:)`` does.
  public func paste(_ text: String) async throws {
    let typed = text.replacing("\n", with: "\r")
    try await type(screen.isBracketedPasteOn ? "\u{1B}[200~\(typed)\u{1B}[201~" : typed)
  }

  private func send(_ bytes: [UInt8]) async throws {
    guard !bytes.isEmpty else { return }
    state.withLock { $0.transcriptAtKey = $0.transcript.count }
    var rest = bytes[...]
    try await eventually("\(name) to take what is typed: \(EscapedBytes.text(bytes))") {
      try whileOpen {
        do {
          let count = try unsafe rest.withUnsafeBytes {
            try unsafe terminal.emulator.write($0)
          }
          rest = rest.dropFirst(count)
        } catch Errno.wouldBlock {
          return
        } catch let error as Errno {
          throw HarnessError("cannot type on the terminal of \(name), which has ended: \(error)")
        }
      }
      return rest.isEmpty
    }
  }
}
