// SPDX-License-Identifier: GPL-3.0-or-later

internal import FoundationEssentials

/// JSON as smcontrol prints it.
public enum JSONText {
  /// `value` as one line of JSON with sorted members, line end included.
  ///
  /// - Throws: `EncodingError`, for a value that JSON cannot hold, such as an infinite number.
  public static func make(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

/// An optional member that is always present: `null` when there is no value.
///
/// Readers can tell "not known" from "this smcontrol does not say".
public struct Nullable<Value: Encodable & Sendable>: Encodable, Sendable {
  /// The value, or `nil`.
  public var value: Value?

  /// A member with `value`.
  public init(_ value: Value?) {
    self.value = value
  }

  /// Encodes the value, or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value {
      try container.encode(value)
    } else {
      try container.encodeNil()
    }
  }
}
