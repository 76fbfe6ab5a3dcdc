// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads bytes as UTF-8 and reports each byte that does not belong to a valid sequence.
///
/// The standard library's decoders put U+FFFD in the place of what is invalid; here the byte itself
/// is wanted, so that it can be shown.
struct UTF8Decoder<Source: Sequence<UInt8>>: IteratorProtocol {
  /// A part of the input.
  enum Piece: Equatable {
    case scalar(Unicode.Scalar)
    case invalid(UInt8)
  }

  private var source: Source.Iterator
  /// Bytes taken from the source and not yet reported, at most four.
  private var pending: [UInt8] = []

  init(_ source: Source) {
    self.source = source.makeIterator()
  }

  mutating func next() -> Piece? {
    guard let lead = byte(at: 0) else { return nil }
    if lead < 0x80 {
      pending.removeFirst()
      return .scalar(Unicode.Scalar(lead))
    }
    guard let scalar = multibyteScalar(lead: lead) else {
      pending.removeFirst()
      return .invalid(lead)
    }
    return .scalar(scalar)
  }

  /// The sequence that starts with `lead`, taken off `pending` when it is valid.
  private mutating func multibyteScalar(lead: UInt8) -> Unicode.Scalar? {
    let length: Int
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return nil
    }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<length {
      guard let byte = byte(at: index), byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    // A longer form than needed hides a character; Unicode.Scalar refuses surrogates and beyond.
    let isShortest = value >= [0x80, 0x800, 0x1_0000][length - 2]
    guard isShortest, let scalar = Unicode.Scalar(value) else { return nil }
    pending.removeFirst(length)
    return scalar
  }

  private mutating func byte(at index: Int) -> UInt8? {
    while pending.count <= index {
      guard let byte = source.next() else { return nil }
      pending.append(byte)
    }
    return pending[index]
  }
}
