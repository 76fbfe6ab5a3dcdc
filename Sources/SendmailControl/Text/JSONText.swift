// SPDX-License-Identifier: Apache-2.0

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  // Apple's platforms have it within Foundation.
  internal import Foundation
#endif

/// JSON as smcontrol prints it.
package enum JSONText {
  /// `value` as one line of JSON with sorted members, line end included. Characters that a terminal
  /// may obey, or that deceive a reader, are JSON's escapes of themselves: the same to a program.
  ///
  /// - Throws: `EncodingError`, for a value that JSON cannot hold, such as an infinite number.
  package static func make(_ value: some Encodable) throws -> String {
    return harmless(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
  }

  /// Returns the same for a value with a member that can be an array of a million elements.
  ///
  /// JSONEncoder makes a tree of all values before it writes the first byte. For many elements that tree
  /// takes most of the time and a multiple of the memory, so that they are encoded a part at a time.
  ///
  /// `value` is a document whose member `name` is an empty array. `elements` are the elements of
  /// that array. `name` is the name of the member. No other member of `value` that is an empty
  /// array has it.
  package static func make(
    _ value: some Encodable, with elements: [some Encodable], as name: String
  ) throws -> String {
    let text = try make(value)
    guard !elements.isEmpty, let place = text.firstRange(of: "\"\(name)\":[]") else { return text }
    var result = String(text[..<place.upperBound].dropLast())
    for start in stride(from: 0, to: elements.count, by: partLength) {
      let part = Array(elements[start..<min(start + partLength, elements.count)])
      // Without its brackets. To drop them from a string would be to look for the bounds of all characters.
      let json = try encoder.encode(part).dropFirst().dropLast()
      if start > 0 { result += "," }
      result += harmless(String(decoding: json, as: UTF8.self))
    }
    return result + "]" + text[place.upperBound...]
  }

  /// The number of elements that are encoded at a time.
  private static let partLength = 1000

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  /// The encoder escapes C0 controls only. All others stand within strings, where JSON takes them
  /// as `\u` and their UTF-16 code units.
  private static func harmless(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < ASCII.delete }),
      !text.unicodeScalars.allSatisfy({ TerminalEscaping.isHarmless($0) })
    else { return text }
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

// The members of a document are encoded where they stand. A value that asks for an encoder of its own
// costs JSONEncoder several times what its string does, and a status has four of them a child.
extension KeyedEncodingContainer {
  mutating func encode(_ text: ByteText, forKey key: Key) throws {
    try encode(String(decoding: text.bytes, as: UTF8.self), forKey: key)
  }

  mutating func encode(_ value: Nullable<ByteText>, forKey key: Key) throws {
    guard let text = value.value else { return try encodeNil(forKey: key) }
    try encode(text, forKey: key)
  }

  mutating func encode(_ value: Nullable<some Encodable>, forKey key: Key) throws {
    guard let value = value.value else { return try encodeNil(forKey: key) }
    try encode(value, forKey: key)
  }
}
