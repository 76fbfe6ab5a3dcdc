// SPDX-License-Identifier: Apache-2.0

/// The macros' values, and what a text becomes when they are put in (`expand` in sendmail's
/// `macro.c`).
struct MacroTable: Sendable, Equatable {
  /// The longest result, in bytes.
  static let longest = 4095
  /// The maximum depth of repeated expansion.
  static let deepest = 10
  /// sendmail's message about more.
  static let tooDeep = "expand: recursion too deep (\(deepest) max)"

  private static let ifMark: UInt8 = 0x9A
  private static let elseMark: UInt8 = 0x9B
  private static let endMark: UInt8 = 0x9C

  private var values: [UInt8: [UInt8]]

  /// The macros that are defined before the file is read: sendmail's marks for its own use, and `$n`.
  init() {
    let marks: [Unicode.Scalar: UInt8] = [
      "*": 0x90, "+": 0x91, "-": 0x92, "=": 0x93, "~": 0x94, "#": 0x96, "@": 0x97, ":": 0x98,
      ">": 0x99, "?": Self.ifMark, "|": Self.elseMark, ".": Self.endMark, "[": 0x9D, "]": 0x9E,
      "(": 0x85, ")": 0x86, "&": 0x82,
    ]
    values = Dictionary(
      uniqueKeysWithValues: marks.map { (UInt8(ascii: $0.key), [$0.value]) })
    for digit in UInt8(ascii: "0")...UInt8(ascii: "9") { values[digit] = [0x95, digit] }
    values[UInt8(ascii: "n")] = Array("MAILER-DAEMON".utf8)
  }

  subscript(code: UInt8) -> [UInt8]? {
    get { values[code] }
    set { values[code] = newValue }
  }

  /// `text` with the macros' values put in; one without a value leaves nothing.
  func expand(_ text: [UInt8]) -> [UInt8] { expansion(of: text).text }

  /// The same, and whether sendmail gives up because macros stand in the values of macros.
  func expansion(of text: [UInt8]) -> (text: [UInt8], isTooDeep: Bool) {
    var text = text
    for depth in 0... {
      var expansion = Expansion(macros: self)
      expansion.take(text)
      text = expansion.result
      guard expansion.needsAnother else { break }
      if depth == Self.deepest { return (text, true) }
    }
    return (text, false)
  }

  private struct Expansion {
    let macros: MacroTable
    var result: [UInt8] = []
    var needsAnother = false
    private var isSkipping = false
    private var skippedLevels = 0
    private var levels = 0

    init(macros: MacroTable) {
      self.macros = macros
    }

    mutating func take(_ text: [UInt8]) {
      var index = 0
      while index < text.count {
        let byte = text[index]
        index += 1
        switch byte {
        case MacroTable.ifMark where index < text.count:
          begin(macros[text[index]])
          index += 1
        case MacroTable.elseMark where levels > 0:
          if skippedLevels == 0 { isSkipping.toggle() }
        case MacroTable.endMark where levels > 0:
          end()
        case LineTranslation.macroMark:
          guard index < text.count else { return }
          append(macros[text[index]] ?? [])
          index += 1
        case LineTranslation.quoteMark where index < text.count:
          append(byte)
          append(text[index])
          index += 1
        default:
          append(byte)
        }
      }
    }

    private mutating func begin(_ value: [UInt8]?) {
      levels += 1
      if isSkipping {
        skippedLevels += 1
      } else {
        isSkipping = value?.isEmpty ?? true
      }
    }

    private mutating func end() {
      levels -= 1
      if skippedLevels == 0 { isSkipping = false }
      if isSkipping { skippedLevels -= 1 }
    }

    private mutating func append(_ byte: UInt8) {
      guard !isSkipping, result.count < MacroTable.longest else { return }
      result.append(byte)
    }

    private mutating func append(_ value: [UInt8]) {
      guard !isSkipping else { return }
      var isQuoted = false
      for byte in value.prefix(MacroTable.longest - result.count) {
        if !isQuoted, (0x80...0x9F).contains(byte) { needsAnother = true }
        result.append(byte)
        isQuoted = byte == LineTranslation.quoteMark
      }
    }
  }
}
