// SPDX-License-Identifier: Apache-2.0

/// The domain of an address as sendmail writes it into control files.
package enum AddressDomain {
  /// The longest domain that is kept whole, in bytes: DNS has none longer.
  package static let longest = 255

  /// Returns the domain of `address` in lower case and without a dot at its end; `nil` for an address
  /// without a domain, such as that of a local user, a file or a program.
  ///
  /// The address may stand in angle brackets, with a name before it and comments in parentheses around
  /// it; an `@` in quotes or in a comment is none.
  package static func of(_ address: [UInt8]) -> [UInt8]? {
    guard let at = lastAt(in: address) else { return nil }
    var domain = address[at...].dropFirst().prefix { byte in
      !ASCII.isSpace(byte) && !Array("()<>,;".utf8).contains(byte)
    }
    while domain.last == ASCII.dot { domain.removeLast() }
    return domain.isEmpty ? nil : domain.prefix(longest).map(ASCII.lowercased)
  }

  /// The position of the `@` before the domain.
  private static func lastAt(in address: [UInt8]) -> Int? {
    var found: Int?
    var isQuoted = false
    var isEscaped = false
    var depth = 0
    for (index, byte) in address.enumerated() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"): isEscaped = true
      case ASCII.doubleQuote where depth == 0: isQuoted.toggle()
      case _ where isQuoted: break
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth = max(0, depth - 1)
      case _ where depth > 0: break
      // What stood before an angle bracket was a name.
      case UInt8(ascii: "<"): found = nil
      case UInt8(ascii: ">"): if found != nil { return found }
      case UInt8(ascii: "@"): found = index
      default: break
      }
    }
    return found
  }
}
