// SPDX-License-Identifier: Apache-2.0

/// The macros' names and the bytes that stand for them, in the order in which sendmail meets them
/// (`macid_parse` in `macro.c`).
///
/// A name of one character is its own code. Longer ones get numbers from 0xA0 upwards, so the code
/// of `${name}` depends on every long name before it, and with it the name of a control socket that
/// contains one.
struct MacroNames: Sendable, Equatable {
  /// The longest name in braces, in bytes.
  static let longestName = 25

  /// The result of reading a name.
  struct Result: Equatable {
    /// The code; 0 when there is none.
    var code: UInt8
    /// The length of the name in bytes.
    var length: Int
    /// sendmail's messages about it.
    var errors: [[UInt8]] = []
  }

  private var codes: [[UInt8]: UInt8] = [:]
  private(set) var longNames: [UInt8: [UInt8]] = [:]
  private var next = 0xA0

  /// The names sendmail has given codes to before it reads a file.
  init() {
    define(Array("opMode".utf8), as: 0x82)
    _ = code(of: Array("deliveryMode".utf8))
    _ = code(of: Array("load_avg".utf8))
  }

  private mutating func define(_ name: [UInt8], as code: UInt8) {
    codes[name] = code
    longNames[code] = name
  }

  /// The code of a long name, new if need be; `nil` when they have run out.
  mutating func code(of name: [UInt8]) -> UInt8? {
    if let code = codes[name] { return code }
    guard let code = UInt8(exactly: next) else { return nil }
    next += 1
    define(name, as: code)
    return code
  }

  /// Takes the name at the start of `text`: a character, or one in braces.
  mutating func take(_ text: ArraySlice<UInt8>) -> Result {
    if let first = text.first, first != UInt8(ascii: "{") { return Result(code: first, length: 1) }
    guard !text.isEmpty, text.dropFirst().first != UInt8(ascii: "}") else {
      return Result(code: 0, length: 0, errors: [Array("Name required for macro/class".utf8)])
    }
    var result = Result(code: 0, length: 0)
    var name: [UInt8] = []
    var rest = text.dropFirst()
    while let byte = rest.first, byte != UInt8(ascii: "}"), name.count < Self.longestName {
      if ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "_") {
        name.append(byte)
      } else {
        result.errors.append(Array("Invalid macro/class character ".utf8) + [byte])
      }
      rest.removeFirst()
    }
    var code: UInt8?
    switch rest.first {
    case nil:
      result.errors.append(Array("Unbalanced { on ".utf8) + name)
    case UInt8(ascii: "}"):
      rest.removeFirst()
      code = name.count == 1 ? name[0] : self.code(of: name)
      if code == nil {
        result.errors.append(
          Array("Macro/class {".utf8) + name + Array("}: too many long names".utf8))
      }
    default:
      result.errors.append(
        Array("Macro/class name ({".utf8) + name
          + Array("}) too long (\(Self.longestName) chars max)".utf8))
    }
    if code == nil {
      result.errors.append(Array("Unable to assign macro/class ID (mid = 0xffffffff)".utf8))
    }
    result.code = code ?? 0
    result.length = rest.startIndex - text.startIndex
    return result
  }
}
