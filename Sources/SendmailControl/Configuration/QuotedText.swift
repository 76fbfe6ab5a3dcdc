// SPDX-License-Identifier: Apache-2.0

/// Text with quotes and backslashes in it, as `munchstring` in sendmail's `readcf.c` takes it.
enum QuotedText {
  /// The most bytes sendmail takes.
  static let longest = 2047

  /// Takes `text` up to `delimiter` outside quotes and backslashes.
  ///
  /// - Returns: the text without its quotes, and where it stopped: at the delimiter or the end.
  static func take(
    _ text: ArraySlice<UInt8>, until delimiter: UInt8?
  ) -> (text: [UInt8], end: Int) {
    var result: [UInt8] = []
    var isEscaped = false
    var isQuoted = false
    var index = text.startIndex
    while index < text.endIndex, result.count < longest {
      let byte = text[index]
      if isEscaped {
        isEscaped = false
        result.append(escapes[byte] ?? byte)
      } else if byte == ASCII.backslash {
        isEscaped = true
      } else if byte == ASCII.doubleQuote {
        isQuoted.toggle()
      } else if isQuoted || byte != delimiter {
        result.append(byte)
      } else {
        break
      }
      index += 1
    }
    return (result, index)
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "b"): 0x08,
  ]
}
