// SPDX-License-Identifier: Apache-2.0

/// Bytes from the daemon as text that no terminal obeys.
///
/// A description in the process list may carry a remote host's name, in any encoding, chosen by a
/// stranger. Everything that could act on a terminal or deceive a reader is shown as an escape.
package enum TerminalEscaping {
  /// The characters, besides printable ones, that are left as they are.
  package enum Layout: Sendable {
    /// None: for a name or a description within a line.
    case withinLine
    /// Tabs and line feeds: for text of several lines, such as the daemon's help.
    case lines
  }

  /// `bytes` as text: valid UTF-8 is kept, but control characters (C0, DEL, C1), bidirectional
  /// controls, line and paragraph separators and invisible format characters become `\x1B` or
  /// `\u{202E}`, and each byte that is not part of valid UTF-8 becomes `\xE4`.
  ///
  /// The result is for reading: a backslash stays one, so it cannot be turned back.
  package static func escape(_ bytes: some Collection<UInt8>, layout: Layout = .withinLine)
    -> String
  {
    var text = ""
    append(bytes, layout: layout, to: &text)
    return text
  }

  /// Appends `bytes` to `text`, escaped as ``escape(_:layout:)`` does.
  package static func append(
    _ bytes: some Collection<UInt8>, layout: Layout = .withinLine, to text: inout String
  ) {
    // An array, because the types that a generic parser needs are made at run time.
    let bytes = Array(bytes)
    guard !bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
      text += String(decoding: bytes, as: UTF8.self)
      return
    }
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var rest = bytes[...]
    while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        rest = rest.dropFirst(encoded.count)
        append(Unicode.UTF8.decode(encoded), layout: layout, to: &text)
      case .error(let length):
        // The parser reports no bytes, only how many there are.
        for byte in rest.prefix(length) { append(escapeOf: byte, to: &text) }
        rest = rest.dropFirst(length)
      case .emptyInput: return
      }
    }
  }

  private static func append(_ scalar: Unicode.Scalar, layout: Layout, to text: inout String) {
    if isHarmless(scalar, layout: layout) {
      text.unicodeScalars.append(scalar)
    } else if scalar.value <= 0xFF {
      append(escapeOf: UInt8(scalar.value), to: &text)
    } else {
      text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }

  private static func append(escapeOf byte: UInt8, to text: inout String) {
    let digits = String(byte, radix: 16, uppercase: true)
    text += digits.utf8.count == 1 ? "\\x0" : "\\x"
    text += digits
  }

  /// Returns whether `scalar` may be shown as it is.
  static func isHarmless(_ scalar: Unicode.Scalar, layout: Layout = .withinLine) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: return true
    case 0x09, 0x0A: return layout == .lines
    case 0x00...0x1F, 0x7F...0x9F: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return false
    default:
      return true
    }
  }
}
