// SPDX-License-Identifier: Apache-2.0

/// Addresses in figures, as the C library reads them. An address is its bytes in network order.
package enum InternetAddress {
  /// The address of every interface.
  package static func every(isVersion6: Bool) -> [UInt8] {
    [UInt8](repeating: 0, count: isVersion6 ? 16 : 4)
  }

  /// The loopback address of IPv6.
  static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]

  /// The 4 bytes of an IPv4 address of one to four numbers, each decimal, octal or hexadecimal, whatever follows
  /// after a blank (`inet_addr`). 255.255.255.255 is none: it looks like the error.
  package static func version4(_ text: [UInt8]) -> [UInt8]? {
    guard let (bytes, end) = numbers(text),
      end == text.count || ASCII.isSpace(text[end]), bytes != [255, 255, 255, 255]
    else { return nil }
    return bytes
  }

  /// The 4 bytes of an IPv4 address without anything after it (`inet_aton` for the names of hosts).
  static func exactVersion4(_ text: [UInt8]) -> [UInt8]? {
    guard let (bytes, end) = numbers(text), end == text.count else { return nil }
    return bytes
  }

  /// The 16 bytes of an IPv6 address (`inet_pton`).
  package static func version6(_ text: [UInt8]) -> [UInt8]? {
    var rest = text[...]
    if rest.first == ASCII.colon {
      rest.removeFirst()
      guard rest.first == ASCII.colon else { return nil }
    }
    var bytes: [UInt8] = []
    var gap: Int?
    while !rest.isEmpty {
      let digits = rest.prefix { hexadecimal($0) != nil }
      let after = rest[digits.endIndex...]
      if after.first == ASCII.dot {
        guard let end = dottedQuad(rest) else { return nil }
        bytes += end
        break
      }
      guard digits.count <= 4 else { return nil }
      if digits.isEmpty {
        // The second colon of two.
        guard after.first == ASCII.colon, gap == nil else { return nil }
        gap = bytes.count
      } else {
        let value = digits.reduce(0) { $0 << 4 | UInt16(hexadecimal($1) ?? 0) }
        bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
        guard after.isEmpty || after.first == ASCII.colon else { return nil }
        guard after.count != 1 else { return nil }
      }
      rest = after.dropFirst()
    }
    if let gap {
      guard bytes.count < 16 else { return nil }
      bytes.insert(contentsOf: [UInt8](repeating: 0, count: 16 - bytes.count), at: gap)
    }
    return bytes.count == 16 ? bytes : nil
  }

  /// The bytes of an IPv6 address, which may begin with the tag `IPv6:` (`anynet_pton` in sendmail's `conf.c`).
  package static func taggedVersion6(_ text: [UInt8]) -> [UInt8]? {
    let tag = Array("ipv6:".utf8)
    let isTagged = text.prefix(tag.count).map(ASCII.lowercased) == tag
    return version6(isTagged ? Array(text.dropFirst(tag.count)) : text)
  }

  /// The address of IPv4 that an address of IPv6 maps (`::ffff:127.0.0.1`), or the address itself.
  static func unmapped(_ address: [UInt8]) -> [UInt8] {
    let mark = [UInt8](repeating: 0, count: 10) + [255, 255]
    return address.count == 16 && address.starts(with: mark) ? Array(address[12...]) : address
  }

  // MARK: Parts

  /// The bytes of the numbers that `text` begins with, and where they end.
  private static func numbers(_ text: [UInt8]) -> (bytes: [UInt8], end: Int)? {
    var bytes: [UInt8] = []
    var start = 0
    while true {
      guard let (value, end) = number(text[start...]) else { return nil }
      guard end < text.count, text[end] == ASCII.dot else {
        // The last number has the bytes that are left.
        let width = 4 - bytes.count
        guard value >> (8 * UInt64(width)) == 0 else { return nil }
        bytes += (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        return (bytes, end)
      }
      guard bytes.count < 3, let byte = UInt8(exactly: value) else { return nil }
      bytes.append(byte)
      start = end + 1
    }
  }

  /// The number that `text` begins with, as `strtoul` reads it with the base 0; `nil` for one above 32 bits.
  private static func number(_ text: ArraySlice<UInt8>) -> (value: UInt64, end: Int)? {
    guard let first = text.first, ASCII.isDigit(first) else { return nil }
    var (base, rest) = (UInt64(10), text)
    if first == UInt8(ascii: "0") {
      let digits = text.dropFirst(2)
      if let mark = text.dropFirst().first, ASCII.lowercased(mark) == UInt8(ascii: "x"),
        let digit = digits.first, hexadecimal(digit) != nil
      {
        (base, rest) = (16, digits)
      } else {
        base = 8
      }
    }
    let figures = rest.prefix { hexadecimal($0).map { $0 < base } ?? false }
    var value: UInt64 = 0
    for figure in figures {
      value = value * base + (hexadecimal(figure) ?? 0)
      guard value <= UInt64(UInt32.max) else { return nil }
    }
    return (value, figures.endIndex)
  }

  /// The bytes of four decimal numbers without leading zeros.
  private static func dottedQuad(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: ASCII.dot, omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part -> UInt8? in
      guard part.allSatisfy(ASCII.isDigit), part.count == 1 || part.first != UInt8(ascii: "0")
      else { return nil }
      return UInt8(String(decoding: part, as: UTF8.self))
    }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt64? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
