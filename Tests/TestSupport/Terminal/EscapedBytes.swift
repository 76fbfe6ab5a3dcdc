// SPDX-License-Identifier: GPL-3.0-or-later

/// The form of a program's bytes in a test's messages.
enum EscapedBytes {
  /// `bytes` with everything but printable ASCII as `\e`, `\r`, `\n`, `\t` or `\xNN`.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      switch byte {
      case 0x1B: return "\\e"
      case 0x0D: return "\\r"
      case 0x0A: return "\\n"
      case 0x09: return "\\t"
      case UInt8(ascii: "\\"): return "\\\\"
      case 0x20..<0x7F: return String(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        return "\\x" + (byte < 16 ? "0" : "") + digits
      }
    }.joined()
  }
}
