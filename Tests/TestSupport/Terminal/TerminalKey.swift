// SPDX-License-Identifier: GPL-3.0-or-later

/// A key of the keyboard, or several pressed together.
public enum TerminalKey: Sendable, Hashable {
  /// A key that gives a character.
  case character(Character)
  /// A character with Control: a letter or one of `@ [ \ ] ^ _ ?`.
  case control(Character)
  /// A character with Meta, which is Alt: ESC before it.
  case meta(Character)
  /// Tab.
  case tab
  /// Tab with Shift.
  case shiftTab
  /// Return, which sends CR.
  case enter
  /// Escape; a program may wait for what follows it.
  case escape
  /// DEL, which erases a character on today's terminals.
  case backspace
  /// An arrow key.
  case up, down, left, right
  /// To the beginning or the end.
  case home, end
  /// The key that erases under the cursor.
  case delete
  /// A page up or down.
  case pageUp, pageDown
  /// Any bytes.
  case bytes([UInt8])

  /// To the beginning of the line.
  public static let controlA = control("a")
  /// Interrupts.
  public static let controlC = control("c")
  /// End of input, when the line is empty.
  public static let controlD = control("d")
  /// To the end of the line.
  public static let controlE = control("e")
  /// Clears the screen.
  public static let controlL = control("l")
  /// Searches in the history.
  public static let controlR = control("r")
  /// Erases to the beginning of the line.
  public static let controlU = control("u")
  /// Erases a word.
  public static let controlW = control("w")
  /// Stops the program.
  public static let controlZ = control("z")
  /// Undoes, in readline.
  public static let controlUnderscore = control("_")
  /// A question mark.
  public static let question = character("?")

  /// Returns the bytes that the terminal sends for it.
  ///
  /// `isApplicationCursorOn` is true if the program has asked for `ESC O` before the letters of the
  /// arrow keys.
  ///
  /// - Throws: ``HarnessError`` when no keyboard has the key.
  func bytes(isApplicationCursorOn: Bool) throws -> [UInt8] {
    switch self {
    case .character(let character): return Array(character.utf8)
    case .control("?"): return [0x7F]
    case .control(let character):
      guard let byte = character.asciiValue, (0x40..<0x7F).contains(byte) else {
        throw HarnessError("there is no key \(character) that goes with Control")
      }
      return [byte & 0x1F]
    case .meta(let character): return [0x1B] + Array(character.utf8)
    case .tab: return [0x09]
    case .shiftTab: return Array("\u{1B}[Z".utf8)
    case .enter: return [0x0D]
    case .escape: return [0x1B]
    case .backspace: return [0x7F]
    case .up: return Self.cursor("A", isApplicationCursorOn)
    case .down: return Self.cursor("B", isApplicationCursorOn)
    case .right: return Self.cursor("C", isApplicationCursorOn)
    case .left: return Self.cursor("D", isApplicationCursorOn)
    case .home: return Self.cursor("H", isApplicationCursorOn)
    case .end: return Self.cursor("F", isApplicationCursorOn)
    case .delete: return Array("\u{1B}[3~".utf8)
    case .pageUp: return Array("\u{1B}[5~".utf8)
    case .pageDown: return Array("\u{1B}[6~".utf8)
    case .bytes(let bytes): return bytes
    }
  }

  private static func cursor(_ letter: String, _ isApplicationCursorOn: Bool) -> [UInt8] {
    Array(("\u{1B}" + (isApplicationCursorOn ? "O" : "[") + letter).utf8)
  }
}
