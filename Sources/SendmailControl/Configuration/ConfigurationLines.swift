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
  /// True if the file ends with it.
  var isLast = false
}

/// The positions in the file of the bytes of a translated line.
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

  /// Returns the position of the byte at `offset` of the translation; for one past its end, the line's
  /// end.
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
/// before it, whatever that is. Lines that begin with `#` are left out: half of a sendmail.cf is comments.
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
      while index < bytes.count {
        let isComment = bytes[index] == ASCII.numberSign
        let firstNumber = feeds + 1
        var line: [UInt8] = []
        repeat {
          let end = endOfPhysicalLine()
          if !isComment { append(bytes[index..<end], to: &line) }
          guard end < bytes.count else {
            index = end
            break
          }
          if end > index, line.last == ASCII.carriageReturn { line.removeLast() }
          feeds += 1
          index = end + 1
        } while continues(&line)
        guard !isComment else { continue }
        if let null = line.firstIndex(of: ASCII.null) { line.removeSubrange(null...) }
        return ConfigurationLine(
          bytes: line, number: feeds, firstNumber: firstNumber, isLast: index == bytes.count)
      }
      return nil
    }

    /// Returns the index of the line feed that ends the physical line, or that of the end of the file.
    private func endOfPhysicalLine() -> Int {
      let bytes = bytes.span
      var end = index
      while end < bytes.count, bytes[end] != ASCII.lineFeed { end &+= 1 }
      return end
    }

    /// Appends `part` to `line`. Nearly every line has one part, which is copied once.
    private func append(_ part: ArraySlice<UInt8>, to line: inout [UInt8]) {
      if line.isEmpty { line = Array(part) } else { line += part }
    }

    /// Returns whether the next physical line continues `line`, and appends the line feed between them.
    private func continues(_ line: inout [UInt8]) -> Bool {
      guard index < bytes.count, bytes[index] == ASCII.space || bytes[index] == ASCII.tab else {
        return false
      }
      line.append(ASCII.lineFeed)
      return true
    }
  }
}
