// SPDX-License-Identifier: Apache-2.0

/// The statistics file is sendmail's `struct statistics` (`include/sendmail/mailstats.h`), as it lies in
/// memory: its byte order, the widths of `long` and `time_t` and the number of mailers
/// (`MAXMAILERS`) are those of the machine that wrote it.
extension MailStatistics {
  private static let magicNumber: UInt64 = 0x1B1DE
  private static let version: UInt64 = 4
  /// The largest count: larger ones are damage, and their sums could overflow.
  private static let largestCount: UInt64 = 1 << 53

  /// Reads the contents of a statistics file. An empty one is in use, and nothing has been counted yet.
  ///
  /// - Throws: ``StatisticsFormatError``.
  package init(parsing bytes: [UInt8]) throws(StatisticsFormatError) {
    self.init()
    guard !bytes.isEmpty else { return }
    guard bytes.count >= StructureLayout.headLength else {
      throw .truncated(count: bytes.count, expected: nil)
    }
    guard
      let members = [true, false].lazy.map({ StructureMembers(bytes, isLittleEndian: $0) })
        .first(where: { $0.number(at: 0, width: 4) == Self.magicNumber })
    else { throw .noMagicNumber }
    let version = members.number(at: 4, width: 4)
    guard version == Self.version else { throw .version(Int(version)) }
    let (layout, mailerCount) = try StructureLayout.find(in: members, length: bytes.count)

    since = Int(members.number(at: 8, width: layout.timeWidth))
    var offset = layout.countsOffset
    func next() throws(StatisticsFormatError) -> Int {
      let count = members.number(at: offset, width: layout.longWidth)
      guard count <= Self.largestCount else { throw .count(count, offset: offset) }
      offset += layout.longWidth
      return Int(count)
    }
    connections.from = try next()
    connections.to = try next()
    connections.rejected = try next()
    mailers = Array(repeating: Counts(), count: mailerCount)
    // The order of sendmail's arrays.
    let arrays: [WritableKeyPath<Counts, Int>] = [
      \.messagesFrom, \.kilobytesFrom, \.messagesTo, \.kilobytesTo, \.rejected, \.discarded,
      \.quarantined,
    ]
    for member in arrays {
      for mailer in mailers.indices { mailers[mailer][keyPath: member] = try next() }
    }
  }
}

/// The members of a C structure in the byte order of the machine that wrote it.
private struct StructureMembers {
  private let bytes: [UInt8]
  private let isLittleEndian: Bool

  init(_ bytes: [UInt8], isLittleEndian: Bool) {
    self.bytes = bytes
    self.isLittleEndian = isLittleEndian
  }

  /// Returns the number without a sign that takes `width` bytes from `offset` on.
  func number(at offset: Int, width: Int) -> UInt64 {
    let member = bytes[offset..<offset + width]
    return isLittleEndian
      ? member.reversed().reduce(0) { $0 << 8 | UInt64($1) }
      : member.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// The places of the members of sendmail's structure on one kind of machine.
private struct StructureLayout {
  /// The width of `time_t` in bytes.
  let timeWidth: Int
  /// The width of `long` in bytes.
  let longWidth: Int

  /// 64 bits; 32 bits; and 32 bits with times beyond 2038.
  private static let all = [
    StructureLayout(timeWidth: 8, longWidth: 8), StructureLayout(timeWidth: 4, longWidth: 4),
    StructureLayout(timeWidth: 8, longWidth: 4),
  ]

  /// The length of the members before the counts, on any machine.
  static let headLength = 18

  /// The place of the structure's own size, a `short` after the magic number, the version and the time.
  private var sizeOffset: Int { 8 + timeWidth }

  /// The place of the first count, which is aligned.
  var countsOffset: Int { (sizeOffset + 2 + longWidth - 1) / longWidth * longWidth }

  /// Returns the number of mailers in a structure of `size` bytes; `nil` when there is no such structure.
  private func mailerCount(size: Int) -> Int? {
    let arrays = size - countsOffset - 3 * longWidth
    guard arrays > 0 else { return nil }
    let (count, rest) = arrays.quotientAndRemainder(dividingBy: 7 * longWidth)
    // At its end it can be padded to a multiple of the width of the time.
    guard count > 0, rest == 0 || (rest == longWidth && timeWidth > longWidth) else { return nil }
    return count
  }

  /// Returns whether the time is one between 1970 and 2106. That is so for one width only: half of a longer
  /// one is 0, and a shorter one has the structure's size beside it.
  private func hasTime(_ members: StructureMembers) -> Bool {
    (1..<(1 << 32)).contains(members.number(at: 8, width: timeWidth))
  }

  /// Finds the layout by which the time and the structure's own size make sense, and its number of mailers.
  /// sendmail passes over bytes after the structure.
  ///
  /// `length` is the number of bytes in the file.
  static func find(
    in members: StructureMembers, length: Int
  ) throws(StatisticsFormatError) -> (layout: StructureLayout, mailerCount: Int) {
    for layout in all where layout.hasTime(members) {
      let size = Int(members.number(at: layout.sizeOffset, width: 2))
      guard let count = layout.mailerCount(size: size) else { continue }
      guard size <= length else { throw .truncated(count: length, expected: size) }
      return (layout, count)
    }
    throw .structureSize(Int(members.number(at: all[0].sizeOffset, width: 2)))
  }
}
