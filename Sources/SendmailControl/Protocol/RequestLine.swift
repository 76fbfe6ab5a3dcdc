// SPDX-License-Identifier: Apache-2.0

/// One request, as the daemon makes it out of the bytes it has read (`control_command` in
/// sendmail's `control.c`).
package struct RequestLine: Sendable, Equatable {
  /// The first word, without the blanks before it; empty when there is none.
  package let word: [UInt8]

  /// The command that the word names, or `nil` for one the daemon does not know.
  package var command: ControlCommand? { ControlCommand(word: word) }

  /// Reads the first word out of `bytes`.
  ///
  /// - Parameter bytes: what was read: up to a line feed, the end of the input, or
  ///   ``ControlLimits/longestRequest`` bytes. Bytes beyond that limit are not read.
  package init(_ bytes: some Collection<UInt8>) {
    let line = bytes.prefix(ControlLimits.longestRequest)
      .prefix { $0 != ASCII.lineFeed && $0 != ASCII.null }
    word = Array(line.drop(while: ASCII.isSpace).prefix { !ASCII.isSpace($0) })
  }
}
