// SPDX-License-Identifier: GPL-3.0-or-later

/// Words for a line that an administrator may hand to a shell.
public enum ShellWord {
  /// `bytes` as one word of a shell (POSIX.1-2024; bash, ksh and zsh take it as well) that means just
  /// these bytes, and is harmless to look at: plain where it can be, in quotes, or as `$'…'` when
  /// there are bytes that a terminal may obey.
  public static func quoted(_ bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "''" }
    if bytes.allSatisfy(isPlain) { return HarmlessText.make(bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    let isReadable =
      Array(text.utf8) == bytes && text.unicodeScalars.allSatisfy { HarmlessText.isHarmless($0) }
    guard isReadable else { return escaped(bytes) }
    let parts = text.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte) || "/._-+:@%,=".utf8.contains(byte)
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    var word = "$'"
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "'"), ASCII.backslash: word += "\\" + String(Unicode.Scalar(byte))
      case 0x20...0x7E: word.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        // Always three digits, so that a digit behind them is one of its own.
        let digits = String(byte, radix: 8)
        word += "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
      }
    }
    return word + "'"
  }
}
