// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// The bytes of a heap report, a piece at a time.
struct HeapReportStream: Sendable {
  private let report: HeapReport
  private let lastLines: (pid: Int32, time: String)
  private var position = 0
  private var isEnded = false
  private var totals = (group0: 0, group1: 0, others: 0)

  /// The bytes of `report`.
  ///
  /// `pid` is the control child that writes it. `time` is the local time as `YYYY-MM-DD/HH:MM:SS`.
  init(_ report: HeapReport, pid: Int32, time: String) {
    self.report = report
    lastLines = (pid, time)
  }

  /// The next piece, or `nil` at the end. It is longer than `size` by one line at the most, and may
  /// be shorter.
  mutating func next(size: Int) -> [UInt8]? {
    guard !isEnded else { return nil }
    var piece: [UInt8] = []
    piece.reserveCapacity(size + 128)
    while piece.count < size {
      guard let item = nextItem() else {
        isEnded = true
        return piece + summary
      }
      count(item)
      if report.level >= 4 || (report.level == 3 && item.group != 0) {
        Self.append(item, to: &piece)
      }
    }
    return piece
  }

  private mutating func nextItem() -> HeapItem? {
    defer { position += 1 }
    switch report.items {
    case .listed(let items): return position < items.count ? items[position] : nil
    case .made(let count): return position < count ? HeapReport.made(position) : nil
    }
  }

  private mutating func count(_ item: HeapItem) {
    switch item.group {
    case 0: totals.group0 += item.size
    case 1: totals.group1 += item.size
    default: totals.others += item.size
    }
  }

  private var summary: [UInt8] {
    let total = totals.group0 + totals.group1 + totals.others
    return Array(
      """
      pid=\(lastLines.pid) time=[\(lastLines.time)]\u{20}
      heap max=\(report.maximum ?? total), total=\(total), group 0=\(totals.group0), \
      group 1=\(totals.group1), others=\(totals.others)

      """.utf8)
  }

  private static func append(_ item: HeapItem, to piece: inout [UInt8]) {
    appendRightAligned(UInt64(item.group), width: 4, radix: 10, to: &piece)
    piece.append(ASCII.space)
    appendRightAligned(item.address, width: 16, radix: 16, to: &piece)
    piece.append(ASCII.space)
    appendRightAligned(UInt64(item.size), width: 7, radix: 10, to: &piece)
    piece.append(contentsOf: " bytes".utf8)
    if !item.tag.isEmpty {
      piece.append(contentsOf: "  ".utf8)
      piece.append(contentsOf: item.tag.utf8)
    }
    piece.append(ASCII.lineFeed)
  }

  /// Writes the digits from the last to the first into blanks, without a string in between: a report
  /// can have millions of them.
  private static func appendRightAligned(
    _ number: UInt64, width: Int, radix: UInt64, to piece: inout [UInt8]
  ) {
    var digitCount = 1
    var rest = number / radix
    while rest > 0 {
      digitCount += 1
      rest /= radix
    }
    piece.append(contentsOf: repeatElement(ASCII.space, count: max(width, digitCount)))
    rest = number
    for place in 1...digitCount {
      let digit = UInt8(rest % radix)
      piece[piece.count - place] = digit + (digit < 10 ? 0x30 : 0x57)
      rest /= radix
    }
  }
}
