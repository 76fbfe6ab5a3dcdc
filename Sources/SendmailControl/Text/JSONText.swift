// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// JSON as smcontrol prints it.
package enum JSONText {
  /// `value` as one line of JSON with sorted members, line end included. Characters that a terminal
  /// may obey, or that deceive a reader, are JSON's escapes of themselves: the same to a program.
  ///
  /// - Throws: `EncodingError`, for a value that JSON cannot hold, such as an infinite number.
  package static func make(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return harmless(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
  }

  /// The encoder escapes C0 controls only. All others stand within strings, where JSON takes them
  /// as `\u` and their UTF-16 code units.
  private static func harmless(_ text: String) -> String {
    guard !text.unicodeScalars.allSatisfy({ TerminalEscaping.isHarmless($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if TerminalEscaping.isHarmless(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
      }
    }
    return result
  }
}

/// An optional member that is always present: `null` when there is no value.
///
/// Readers can tell "not known" from "this smcontrol does not say".
package struct Nullable<Value: Encodable & Sendable>: Encodable, Sendable {
  /// The value, or `nil`.
  package var value: Value?

  /// A member with `value`.
  package init(_ value: Value?) {
    self.value = value
  }

  /// Encodes the value, or `null`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value {
      try container.encode(value)
    } else {
      try container.encodeNil()
    }
  }
}
