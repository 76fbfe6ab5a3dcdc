// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SendmailControl
import TestSupport
import Testing

/// Addresses are read as the C library of this machine reads them.
@Suite struct InternetAddressTests {
  private static func bytes<Address>(_ address: Address) -> [UInt8] {
    unsafe withUnsafeBytes(of: address) { unsafe Array($0) }
  }

  private static func libraryVersion4(_ text: [UInt8]) -> [UInt8]? {
    let address = unsafe inet_addr(text.map { CChar(bitPattern: $0) } + [0])
    return address == in_addr_t.max ? nil : bytes(address)
  }

  private static func libraryVersion6(_ text: [UInt8]) -> [UInt8]? {
    var address = in6_addr()
    let text = text.map { CChar(bitPattern: $0) } + [0]
    return unsafe inet_pton(AF_INET6, text, &address) == 1 ? bytes(address) : nil
  }

  @Test("Random texts")
  func randomTexts() {
    var numbers = SeededNumbers(seed: 16)
    let pieces4 = [
      "0", "1", "9", "8", "7f", "0x", "255", "256", "65535", "16777216", "4294967295", ".", ".",
      ".", " ",
      "x", "0X1", "08", "017",
    ]
    let pieces6 = [
      "0", "1", "f", "ffff", "10000", "abcd", "::", ":", ":", ":", "1.2.3.4", ".", "01.2.3.4",
      "256.1.1.1",
      "%lo", "G", "255.255.255.255", "1:2:3:4:5:6", "1:2:3:4:5:6:7:8",
    ]
    var read = 0
    for _ in 0..<20_000 {
      func text(_ pieces: [String]) -> [UInt8] {
        Array(
          (0..<Int.random(in: 1...9, using: &numbers)).map { _ in numbers.pick(pieces) }.joined()
            .utf8)
      }
      let (first, second) = (text(pieces4), text(pieces6))
      #expect(
        InternetAddress.version4(first) == Self.libraryVersion4(first),
        "\(String(decoding: first, as: UTF8.self))")
      #expect(
        InternetAddress.version6(second) == Self.libraryVersion6(second),
        "\(String(decoding: second, as: UTF8.self))")
      if Self.libraryVersion4(first) != nil { read += 1 }
      if Self.libraryVersion6(second) != nil { read += 1 }
    }
    #expect(read > 1000)
  }
}
