// SPDX-License-Identifier: Apache-2.0

extension MstatReply {
  /// Returns whether `line`, the first of a reply, has the form of its lines: a letter and a colon begin it.
  static func mayBegin(with line: ArraySlice<UInt8>) -> Bool {
    line.dropFirst().first == ASCII.colon && line.first.map(ASCII.isLetter) == true
  }

  /// Reads a reply to `mstat`. Lines with a tag it does not know are passed over, since a later
  /// sendmail may add some.
  ///
  /// - Parameter reply: all bytes of the reply, lines ended by LF or CRLF.
  /// - Throws: ``ReplyError``: `empty`; `refused` when the daemon does not know the command;
  ///   `cutShort` when one of `C:`, `M:`, `L:`, `P:` is missing or the last line stops in the
  ///   middle; `malformed`, with the line.
  package init(parsing reply: [UInt8]) throws(ReplyError) {
    try ReplyError.check(reply)
    let lines = ReplyLines(reply)
    var iterator = lines.makeIterator()
    var fields = Fields()
    var number = 0
    while let line = iterator.next() {
      number += 1
      guard fields.take(line) else {
        throw ReplyError(
          iterator.rest.isEmpty && !lines.isEnded ? .cutShort : .malformed, line: number,
          text: line, expected: Self.expectation(for: line))
      }
    }
    try ReplyError.checkEnd(of: reply)
    guard let children = fields.children, let maximum = fields.maximum, let load = fields.load,
      !fields.processes.isEmpty
    else {
      throw ReplyError(
        .cutShort, line: number + 1, text: [], expected: "the lines C:, M:, L: and P:")
    }
    self.init(
      children: children, maximumChildren: maximum, loadAverage: load, queues: fields.queues,
      fileSystems: fields.fileSystems, processes: fields.processes)
  }

  private static func expectation(for line: ArraySlice<UInt8>) -> String {
    switch line.first {
    case UInt8(ascii: "C"), UInt8(ascii: "M"), UInt8(ascii: "L"):
      "a number after the tag, which stands once"
    case UInt8(ascii: "Q"): "Q:queue:count"
    case UInt8(ascii: "D"): "D:index/directory/free"
    case UInt8(ascii: "P"): "P:process id and description"
    default: "a line of the form TAG:VALUE"
    }
  }

  /// The fields that have been read so far.
  private struct Fields {
    var children: Int?
    var maximum: Int?
    var load: Int?
    var queues: [QueueCount] = []
    var fileSystems: [FileSystemSpace] = []
    var processes: [ProcessEntry] = []

    /// Takes one line in, and says whether it was in the protocol's form.
    mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
      guard let tag = line.first, line.dropFirst().first == ASCII.colon else { return false }
      let value = line.dropFirst(2)
      switch tag {
      case UInt8(ascii: "C"):
        return Self.take(value, into: &children)
      case UInt8(ascii: "M"):
        return Self.take(value, into: &maximum)
      case UInt8(ascii: "L"):
        return Self.take(value, into: &load)
      case UInt8(ascii: "Q"):
        guard let queue = QueueCount(value: value) else { return false }
        queues.append(queue)
      case UInt8(ascii: "D"):
        guard let fileSystem = FileSystemSpace(value: value) else { return false }
        fileSystems.append(fileSystem)
      case UInt8(ascii: "P"):
        guard let process = ProcessEntry(line: value) else { return false }
        processes.append(process)
      default:
        return true
      }
      return true
    }

    /// Reads a number whose line stands once: a second one would contradict it.
    private static func take(_ value: ArraySlice<UInt8>, into number: inout Int?) -> Bool {
      guard number == nil else { return false }
      number = DecimalNumber.parse(value)
      return number != nil
    }
  }
}

extension QueueCount {
  /// Reads `NAME:COUNT`, split at the last colon, since a directory's name may contain some.
  fileprivate init?(value: ArraySlice<UInt8>) {
    guard let colon = value.lastIndex(of: ASCII.colon),
      let count = DecimalNumber.parse(value[colon...].dropFirst())
    else { return nil }
    self.init(name: ByteText(value[..<colon]), count: count)
  }
}

extension FileSystemSpace {
  /// Reads `INDEX/NAME/FREE`, split at the first and the last slash, since names contain some.
  fileprivate init?(value: ArraySlice<UInt8>) {
    guard let first = value.firstIndex(of: ASCII.slash),
      let last = value.lastIndex(of: ASCII.slash), first < last,
      let index = DecimalNumber.parse(value[..<first]), index >= 0,
      let free = DecimalNumber.parse(value[last...].dropFirst())
    else { return nil }
    self.init(
      index: index, name: ByteText(value[value.index(after: first)..<last]), freeSpace: free)
  }
}
