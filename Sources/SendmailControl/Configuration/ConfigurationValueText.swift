// SPDX-License-Identifier: Apache-2.0

/// Values of options and names of files as printable ASCII.
package struct ConfigurationValueText: Sendable {
  private let names: MacroNames

  /// Shows values of `configuration`, whose long macro names it knows.
  package init(_ configuration: SendmailConfiguration) {
    names = configuration.names
  }

  /// `bytes` with `\\`, `\n`, `\t`, `\r`, and `\xHH` for every other byte outside 0x20 to 0x7E.
  package static func escaped(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes { append(byte, to: &text) }
    return text
  }

  private static func append(_ byte: UInt8, to text: inout String) {
    switch byte {
    case ASCII.backslash: text += "\\\\"
    case ASCII.lineFeed: text += "\\n"
    case ASCII.tab: text += "\\t"
    case ASCII.carriageReturn: text += "\\r"
    case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
    default: text += (byte < 0x10 ? "\\x0" : "\\x") + String(byte, radix: 16)
    }
  }

  /// The value of a setting: macros as `$x` and `${name}`, everything else escaped.
  ///
  /// In `ControlSocketName`, which is never expanded, a macro of one character is shown as the two
  /// bytes that stand in the name of the file. The second byte of a long name is a number that only
  /// counts the names before it, so the name is shown.
  package func text(of setting: OptionSetting) -> String {
    text(setting.value, showsShortMacros: setting.name != "ControlSocketName")
  }

  /// `value` with its macros shown as `$x` and `${name}`.
  package func text(_ value: [UInt8]) -> String {
    text(value, showsShortMacros: true)
  }

  private func text(_ value: [UInt8], showsShortMacros: Bool) -> String {
    var text = ""
    var index = 0
    while index < value.count {
      let byte = value[index]
      let code = index + 1 < value.count ? value[index + 1] : ASCII.null
      if byte == LineTranslation.quoteMark {
        Self.append(byte, to: &text)
        if index + 1 < value.count { Self.append(code, to: &text) }
        index += 2
      } else if byte == LineTranslation.macroMark, let (macro, length) = longMacro(value[index...])
      {
        text += macro
        index += length
      } else if byte == LineTranslation.macroMark, showsShortMacros {
        text += "$"
        index += 1
      } else {
        Self.append(byte, to: &text)
        index += 1
      }
    }
    return text
  }

  /// A macro with a long name as it is written, `$?{name}` and its like included.
  private func longMacro(_ value: ArraySlice<UInt8>) -> (text: String, length: Int)? {
    let rest = value.dropFirst()
    let operation = rest.prefix(1).filter { "=~&?".utf8.contains($0) }
    guard let code = rest.dropFirst(operation.count).first, let name = names.longNames[code] else {
      return nil
    }
    return (
      "$" + Self.escaped(operation) + "{" + Self.escaped(name) + "}", 2 + operation.count
    )
  }
}
