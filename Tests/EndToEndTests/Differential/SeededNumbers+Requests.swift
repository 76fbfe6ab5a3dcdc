// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport

/// Requests to the control socket, most of them nearly right.
extension SeededNumbers {
  /// A request that ends: with a line feed, or because the client says that nothing more comes.
  mutating func request() -> TwinRequest {
    var bytes = padding() + word()
    if chance(40) { bytes += blank() + padding() + argument() }
    if chance(5) { bytes.insert(anyByte(), at: Int.random(in: 0...bytes.count, using: &self)) }
    // sendmail reads 2,047 bytes of a line at most.
    if chance(8) {
      let length = Int.random(in: 2040...2060, using: &self)
      let filler: UInt8 = pick([0x78, 0x20, 0x00])
      let rest = [UInt8](repeating: filler, count: max(0, length - bytes.count))
      bytes = chance(50) ? bytes + rest : rest + bytes
    }
    if chance(85) {
      bytes += pick(["\n", "\r\n"]).utf8
      if chance(5) { bytes += padding() + word() + [0x0A] }
      return TwinRequest(bytes: bytes, finishes: chance(20))
    }
    return TwinRequest(bytes: bytes, finishes: true)
  }

  /// A request to shut down or to restart, in a form that the daemon accepts as one.
  mutating func finalRequest() -> TwinRequest {
    let word = pick(["restart", "shutdown"]).utf8.map { chance(30) ? $0 ^ 0x20 : $0 }
    let rest = chance(50) ? blank() + argument() : []
    return TwinRequest(bytes: padding() + word + rest + [0x0A])
  }

  private mutating func word() -> [UInt8] {
    var word = Array(pick(Self.words).utf8)
    if chance(40) { word = word.map { chance(50) && (0x41...0x7A).contains($0) ? $0 ^ 0x20 : $0 } }
    if chance(15) { word = Array(word.prefix(Int.random(in: 0...word.count, using: &self))) }
    if chance(10) { word.append(anyByte()) }
    return word
  }

  private static let words = [
    "help", "status", "mstat", "memdump", "status", "mstat", "help", "", "stat", "helpp", "bogus",
    "HELP", "%s%n", "statu\u{131}", "help\u{0}", "\u{0}status", "@", "[\\]^_`{|}~", "quit",
  ]

  private mutating func argument() -> [UInt8] {
    (0..<Int.random(in: 0...6, using: &self)).flatMap { _ in
      chance(30) ? [anyByte()] : Array(pick(["status", "x", " ", "-", "%d", "\t"]).utf8)
    }
  }

  private mutating func padding() -> [UInt8] {
    guard chance(25) else { return [] }
    return (0..<Int.random(in: 1...4, using: &self)).flatMap { _ in blank() }
  }

  private mutating func blank() -> [UInt8] {
    [pick([0x20, 0x20, 0x20, 0x09, 0x0B, 0x0C, 0x0D])]
  }

  /// Any byte but the line feed, after which no daemon reads on.
  private mutating func anyByte() -> UInt8 {
    let byte = UInt8.random(in: 0...0xFF, using: &self)
    return byte == 0x0A ? 0xFF : byte
  }
}
