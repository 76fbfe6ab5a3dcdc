// SPDX-License-Identifier: Apache-2.0

/// A line of the daemon's process list: a process and sendmail's own words for it.
package struct ProcessEntry: Sendable, Equatable {
  /// The process id.
  package var pid: Int32
  /// sendmail's words for it, byte for byte, without the line end.
  package var text: ByteText

  /// An entry of the list.
  package init(pid: Int32, text: ByteText) {
    self.pid = pid
    self.text = text
  }

  /// The entry as `status` prints it, without the line end.
  package var bytes: [UInt8] { Array("\(pid) ".utf8) + text }
}

extension ProcessEntry {
  /// Reads `PID SP TEXT`, or returns `nil` when `line` is not of that form.
  init?(line: ArraySlice<UInt8>) {
    guard let blank = line.firstIndex(of: ASCII.space),
      let number = DecimalNumber.parse(line[..<blank]),
      let pid = Int32(exactly: number), pid > 0
    else { return nil }
    self.init(pid: pid, text: ByteText(line[blank...].dropFirst()))
  }
}
