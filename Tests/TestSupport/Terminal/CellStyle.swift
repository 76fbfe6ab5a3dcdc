// SPDX-License-Identifier: GPL-3.0-or-later

/// A colour that a program has asked the terminal for.
public enum TerminalColor: Sendable, Hashable {
  /// One of the terminal's palette: 0 to 7 the plain ones (0 black, 1 red, 2 green, 3 yellow,
  /// 4 blue, 5 magenta, 6 cyan, 7 white), 8 to 15 the same bright, up to 255.
  case palette(Int)
  /// Red, green and blue from 0 to 255.
  case rgb(Int, Int, Int)
}

/// The style of one cell of the screen (SGR, "select graphic rendition").
public struct CellStyle: Sendable, Hashable {
  /// SGR 1.
  public var isBold = false
  /// SGR 2.
  public var isFaint = false
  /// SGR 3.
  public var isItalic = false
  /// SGR 4, and 21 for two lines.
  public var isUnderlined = false
  /// SGR 5 and 6.
  public var isBlinking = false
  /// SGR 7.
  public var isReversed = false
  /// SGR 8.
  public var isConcealed = false
  /// SGR 9.
  public var isStruckOut = false
  /// The colour of the character; `nil` is the terminal's own.
  public var foreground: TerminalColor?
  /// The background colour; `nil` is the terminal's own.
  public var background: TerminalColor?

  /// As a terminal draws without being told anything.
  public init() {}

  /// True if it has a colour that is not the terminal's own.
  public var isColored: Bool { foreground != nil || background != nil }
}

extension CellStyle {
  /// Does what an SGR sequence says.
  ///
  /// - Returns: whether all of it was understood.
  mutating func apply(_ parameters: [[Int?]]) -> Bool {
    var rest = parameters.isEmpty ? [[0]] : parameters[...]
    while let parameter = rest.popFirst() {
      guard let code = parameter.first else { return false }
      switch code ?? 0 {
      case 38, 48, 58:
        guard let color = Self.color(parameter.dropFirst(), or: &rest) else { return false }
        if code == 38 { foreground = color }
        if code == 48 { background = color }
      case 4:
        isUnderlined = parameter.count < 2 || parameter[1] != 0
      case let code:
        guard apply(code) else { return false }
      }
    }
    return true
  }

  private mutating func apply(_ code: Int) -> Bool {
    switch code {
    case 0: self = CellStyle()
    case 1: isBold = true
    case 2: isFaint = true
    case 3: isItalic = true
    case 5, 6: isBlinking = true
    case 7: isReversed = true
    case 8: isConcealed = true
    case 9: isStruckOut = true
    case 21: isUnderlined = true
    case 22: (isBold, isFaint) = (false, false)
    case 23: isItalic = false
    case 24: isUnderlined = false
    case 25: isBlinking = false
    case 27: isReversed = false
    case 28: isConcealed = false
    case 29: isStruckOut = false
    case 30...37: foreground = .palette(code - 30)
    case 39: foreground = nil
    case 40...47: background = .palette(code - 40)
    case 49: background = nil
    case 59: break  // the colour of underlines, which is not kept
    case 90...97: foreground = .palette(code - 90 + 8)
    case 100...107: background = .palette(code - 100 + 8)
    default: return false
    }
    return true
  }

  /// The colour that follows 38, 48 or 58: as parts of the same parameter (`38:5:1`,
  /// `38:2::1:2:3`), or as parameters of their own (`38;5;1`), which are taken off `rest`.
  private static func color(
    _ parts: ArraySlice<Int?>, or rest: inout ArraySlice<[Int?]>
  ) -> TerminalColor? {
    var numbers = parts.map { $0 ?? 0 }
    if numbers.isEmpty {
      let count = rest.first?.first == 5 ? 2 : 4
      numbers = rest.prefix(count).map { ($0.first ?? 0) ?? 0 }
      rest = rest.dropFirst(count)
    } else if numbers.count == 5 {
      numbers.remove(at: 1)  // which colour space
    }
    switch (numbers.first, numbers.count) {
    case (5, 2): return .palette(numbers[1])
    case (2, 4): return .rgb(numbers[1], numbers[2], numbers[3])
    default: return nil
    }
  }
}
