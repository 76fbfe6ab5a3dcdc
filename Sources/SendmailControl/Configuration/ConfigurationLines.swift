// SPDX-License-Identifier: Apache-2.0

/// A logical line of sendmail.cf: a physical line and the indented ones that continue it.
struct ConfigurationLine: Equatable {
  /// The text without its last line end, up to the first NUL. The line feeds and the indentation of
  /// continued lines are part of it, as sendmail keeps them.
  var bytes: [UInt8]
  /// The line number sendmail reports: line feeds read so far, the line's own last one included.
  var number: Int
  /// The physical line the text begins in, counted from 1.
  var firstNumber: Int
}

/// Where the bytes of a translated line stand in the file.
struct LinePositions {
  private let offsets: [Int]
  /// The offsets in the line at which its physical lines begin.
  private let starts: [Int]
  private let firstNumber: Int
  private let end: Int

  /// The places of a line that was translated at `level`.
  init(_ line: ConfigurationLine, level: Int) {
    offsets = LineTranslation.sourceOffsets(of: line.bytes, level: level)
    starts = [0] + line.bytes.indices.filter { line.bytes[$0] == ASCII.lineFeed }.map { $0 + 1 }
    firstNumber = line.firstNumber
    end = line.bytes.count
  }

  /// Where the byte at `offset` of the translation stands; for one past its end, the line's end.
  func position(of offset: Int) -> FilePosition {
    let source = offset < offsets.count ? offsets[offset] : end
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= source { low = middle } else { high = middle }
    }
    return FilePosition(line: firstNumber + low, column: source - starts[low] + 1)
  }
}

/// A place in a file.
package struct FilePosition: Sendable, Hashable {
  /// The physical line, counted from 1.
  package var line: Int
  /// The byte in that line, counted from 1.
  package var column: Int

  /// The place in this line and column, both counted from 1.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The logical lines of a file, as `fgetfolded` in sendmail's `util.c` makes them.
///
/// CR before LF is dropped, any other CR is kept; a line that begins with SP or HT continues the one
/// before it, whatever that is.
struct ConfigurationLines: Sequence {
  let bytes: [UInt8]

  func makeIterator() -> Iterator { Iterator(bytes: bytes) }

  struct Iterator: IteratorProtocol {
    let bytes: [UInt8]
    private var index = 0
    private var feeds = 0

    init(bytes: [UInt8]) {
      self.bytes = bytes
    }

    mutating func next() -> ConfigurationLine? {
      guard index < bytes.count else { return nil }
      let firstNumber = feeds + 1
      var line: [UInt8] = []
      while index < bytes.count {
        let end = bytes[index...].firstIndex(of: ASCII.lineFeed)
        line += bytes[index..<(end ?? bytes.count)]
        guard let end else {
          index = bytes.count
          break
        }
        if end > index, line.last == ASCII.carriageReturn { line.removeLast() }
        feeds += 1
        index = end + 1
        guard index < bytes.count, bytes[index] == ASCII.space || bytes[index] == ASCII.tab else {
          break
        }
        line.append(ASCII.lineFeed)
      }
      if let null = line.firstIndex(of: ASCII.null) { line.removeSubrange(null...) }
      return ConfigurationLine(bytes: line, number: feeds, firstNumber: firstNumber)
    }
  }
}
