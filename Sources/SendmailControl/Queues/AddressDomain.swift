// SPDX-License-Identifier: Apache-2.0

/// The domain of an address as sendmail writes it into control files.
package enum AddressDomain {
  /// The longest domain that is kept whole, in bytes: DNS has none longer.
  package static let longest = 255

  /// Returns the domain of `address` in lower case and without a dot at its end; `nil` for an address
  /// without a domain, such as that of a local user, a file or a program.
  ///
  /// The address may stand in angle brackets, with a name or a comment around it.
  package static func of(_ address: [UInt8]) -> [UInt8]? {
    var route = address[...]
    if let open = route.lastIndex(of: UInt8(ascii: "<")) { route = route[open...].dropFirst() }
    if let quote = route.lastIndex(of: ASCII.doubleQuote) { route = route[quote...].dropFirst() }
    guard let at = route.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    var domain = route[at...].dropFirst().prefix { byte in
      !ASCII.isSpace(byte) && !Array(">(),;".utf8).contains(byte)
    }
    while domain.last == ASCII.dot { domain.removeLast() }
    return domain.isEmpty ? nil : domain.prefix(longest).map(ASCII.lowercased)
  }
}
