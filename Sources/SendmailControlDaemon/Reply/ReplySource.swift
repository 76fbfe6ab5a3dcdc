// SPDX-License-Identifier: Apache-2.0

/// The source of the bytes of a reply.
enum ReplySource: Sendable {
  /// These bytes.
  case bytes([UInt8])
  /// A heap report, made while it is sent.
  case heapReport(HeapReportStream)
  /// Bytes without sense and without end.
  case noise(SplitMix64)
  /// These bytes and then the same block for ever.
  case endless(head: [UInt8], block: [UInt8])

  /// The next piece, of about `size` bytes, or `nil` at the end.
  mutating func next(size: Int) -> [UInt8]? {
    switch self {
    case .bytes(let bytes):
      guard !bytes.isEmpty else { return nil }
      self = .bytes([])
      return bytes
    case .heapReport(var stream):
      defer { self = .heapReport(stream) }
      return stream.next(size: size)
    case .noise(var generator):
      defer { self = .noise(generator) }
      return (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    case .endless(let head, let block):
      self = .endless(head: [], block: block)
      return head.isEmpty ? block : head
    }
  }

  /// All bytes of a reply that is held in memory; `nil` for one that is made while it is sent.
  var heldBytes: [UInt8]? {
    if case .bytes(let bytes) = self { bytes } else { nil }
  }
}

/// A small generator of numbers that are always the same for the same seed.
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
