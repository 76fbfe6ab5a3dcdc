// SPDX-License-Identifier: GPL-3.0-or-later

/// A control sequence (CSI): `ESC [`, numbers, and a letter that says what to do with them.
struct ControlSequence: Sendable, Equatable {
  /// `?`, `>`, `=` or `<`, which make it a private one.
  let prefix: Character?
  /// The numbers between semicolons, each with its parts between colons; `nil` where none is given.
  let parameters: [[Int?]]
  /// The text between the numbers and the letter.
  let intermediates: String
  /// The letter.
  let final: Character

  /// Larger numbers count as this one, as in xterm.
  private static let largest = 65535

  /// The sequence with these bytes between `ESC [` and the end, `final` included.
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    final = Character(Unicode.Scalar(rest.popLast() ?? 0))
    if let first = rest.first, (UInt8(ascii: "<")...UInt8(ascii: "?")).contains(first) {
      prefix = Character(Unicode.Scalar(first))
      rest.removeFirst()
    } else {
      prefix = nil
    }
    let numbers = rest.prefix { (0x30...0x3F).contains($0) }
    intermediates = String(decoding: rest.dropFirst(numbers.count), as: UTF8.self)
    parameters =
      numbers.isEmpty
      ? []
      : numbers.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
        $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
          $0.isEmpty
            ? nil : min(Int(String(decoding: $0, as: UTF8.self)) ?? Self.largest, Self.largest)
        }
      }
  }

  /// The number at `index`; `missing` when it is not given.
  func number(_ index: Int, or missing: Int = 0) -> Int {
    guard parameters.indices.contains(index), let number = parameters[index].first else {
      return missing
    }
    return number ?? missing
  }

  /// The number at `index` where it says how often or how far: 1 when it is 0 or not given.
  func count(_ index: Int = 0) -> Int {
    max(1, number(index))
  }
}
