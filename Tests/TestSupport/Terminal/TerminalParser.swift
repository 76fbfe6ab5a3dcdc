// SPDX-License-Identifier: GPL-3.0-or-later

/// A token of terminal input.
enum TerminalToken: Sendable, Equatable {
  /// A character to be drawn, or U+FFFD in the place of bytes that are none.
  case character(Unicode.Scalar)
  /// A control character.
  case control(UInt8)
  /// `ESC` and what follows it, but none of those below.
  case escape(String)
  /// A control sequence, also as the bytes that it was.
  case sequence(ControlSequence, [UInt8])
  /// The body of an operating system command (OSC).
  case command([UInt8])
  /// A device control string and the like (DCS, SOS, PM, APC), or a sequence that was broken off.
  case other([UInt8])
}

/// Cuts what a program writes into tokens, as a terminal that takes UTF-8 does.
///
/// A token may begin in one chunk and end in another.
struct TerminalParser: Sendable {
  private enum State {
    /// Outside of any sequence.
    case ground
    /// After `ESC`.
    case escape
    /// After `ESC [`.
    case sequence
    /// After `ESC ]`.
    case command
    /// After `ESC P`, `ESC X`, `ESC ^` or `ESC _`.
    case string
  }

  private var state = State.ground
  /// The bytes of the sequence so far, from `ESC` on.
  private var bytes: [UInt8] = []
  private var character = CharacterAssembly()
  private var tokens: [TerminalToken] = []

  /// The tokens that end in `chunk`.
  mutating func tokens(in chunk: some Sequence<UInt8>) -> [TerminalToken] {
    for byte in chunk { take(byte) }
    defer { tokens = [] }
    return tokens
  }

  private mutating func take(_ byte: UInt8) {
    switch (byte, state) {
    case (0x1B, _):
      // It also begins the two bytes that end a string.
      breakOff()
      bytes = [byte]
      state = .escape
    case (0x18, .escape), (0x18, .sequence), (0x18, .command), (0x18, .string),
      (0x1A, .escape), (0x1A, .sequence), (0x1A, .command), (0x1A, .string):
      tokens.append(.other(bytes))
      state = .ground
    case (_, .ground): takeText(byte)
    case (0x07, .command): breakOff()
    case (_, .command), (_, .string): bytes.append(byte)
    // Control characters work inside of sequences, too.
    case (..<0x20, _): tokens.append(.control(byte))
    case (0x7F, _): break
    case (0x80..., _):
      breakOff()
      takeText(byte)
    case (_, .escape): takeAfterEscape(byte)
    case (_, .sequence):
      bytes.append(byte)
      guard byte >= 0x40 else { return }
      tokens.append(.sequence(ControlSequence(Array(bytes.dropFirst(2))), bytes))
      state = .ground
    }
  }

  private mutating func takeText(_ byte: UInt8) {
    for scalar in character.take(byte) {
      let isControl = scalar.value < 0x20 || scalar.value == 0x7F
      tokens.append(isControl ? .control(UInt8(scalar.value)) : .character(scalar))
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8) {
    bytes.append(byte)
    guard byte >= 0x30 else { return }
    switch (byte, bytes.count) {
    case (UInt8(ascii: "["), 2): state = .sequence
    case (UInt8(ascii: "]"), 2): state = .command
    case (UInt8(ascii: "P"), 2), (UInt8(ascii: "X"), 2), (UInt8(ascii: "^"), 2),
      (UInt8(ascii: "_"), 2):
      state = .string
    default:
      tokens.append(.escape(String(decoding: bytes.dropFirst(), as: UTF8.self)))
      state = .ground
    }
  }

  /// Ends what is begun, as it is.
  private mutating func breakOff() {
    switch state {
    case .ground: tokens += character.end().map { .character($0) }
    case .escape, .sequence, .string: tokens.append(.other(bytes))
    case .command: tokens.append(.command(Array(bytes.dropFirst(2))))
    }
    state = .ground
  }
}
