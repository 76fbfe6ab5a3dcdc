// SPDX-License-Identifier: Apache-2.0

/// IPv6 addresses as sendmail prints them, with every group (unless it was built or configured to
/// shorten them, `UseCompressedIPv6Addresses`).
enum UncompressedIPv6 {
  /// `2001:db8:0:0:0:0:0:1` for `2001:db8::1`; `nil` for text that is no address with a `::` in it.
  static func text(_ bytes: [UInt8]) -> [UInt8]? {
    guard let gap = bytes.firstRange(of: Array("::".utf8)) else { return nil }
    let head = groups(bytes[..<gap.lowerBound])
    let tail = groups(bytes[gap.upperBound...])
    guard let head, let tail, head.count + tail.count < 8 else { return nil }
    let zeros = Array(repeating: "0", count: 8 - head.count - tail.count)
    return Array((head + zeros + tail).joined(separator: ":").utf8)
  }

  private static func groups(_ bytes: ArraySlice<UInt8>) -> [String]? {
    guard !bytes.isEmpty else { return [] }
    var groups: [String] = []
    for group in bytes.split(separator: ASCII.colon, omittingEmptySubsequences: false) {
      guard (1...4).contains(group.count),
        let number = UInt16(String(decoding: group, as: UTF8.self), radix: 16)
      else { return nil }
      groups.append(String(number, radix: 16))
    }
    return groups
  }
}
