// SPDX-License-Identifier: Apache-2.0

/// The names of hosts that options and filters have.
package enum HostName {
  /// The address of `name` as far as the C library knows it without a question to anyone (`gethostbyname2`): that
  /// of figures; `absent` for what is neither a name nor an address of this version.
  package static func withoutLookup(_ name: [UInt8], isVersion6: Bool) -> Fact<[UInt8]> {
    let fact: ([UInt8]?) -> Fact<[UInt8]> = { $0.map { .known($0) } ?? .absent }
    let last = name.last ?? ASCII.null
    let hasColon = name.contains(ASCII.colon)
    if let first = name.first, ASCII.isDigit(first), last != ASCII.dot,
      name.allSatisfy({ ASCII.isDigit($0) || $0 == ASCII.dot })
    {
      return fact(
        isVersion6 ? InternetAddress.version6(name) : InternetAddress.exactVersion4(name))
    }
    if hasColon { return fact(isVersion6 ? InternetAddress.version6(name) : nil) }
    guard !name.isEmpty, name.allSatisfy(isPartOfName) else { return .absent }
    return .unknown(reason: "names are not looked up")
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte) || "-._".utf8.contains(byte)
  }

  /// `name` without the domain of this machine; `nil` for a name without it (`shorten_hostname` in
  /// sendmail's `daemon.c`).
  static func shortened(_ name: [UInt8], domain: [UInt8]) -> [UInt8]? {
    let bare = name.last == ASCII.dot ? Array(name.dropLast()) : name
    if let dot = bare.firstIndex(of: ASCII.dot), !domain.isEmpty,
      OptionWords.folded(bare[(dot + 1)...]) == OptionWords.folded(domain)
    {
      return Array(bare[..<dot])
    }
    return bare == name ? nil : bare
  }
}
