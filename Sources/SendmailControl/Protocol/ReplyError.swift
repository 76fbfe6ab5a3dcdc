// SPDX-License-Identifier: Apache-2.0

/// The reason why the bytes of a reply could not be understood.
public struct ReplyError: Error, Sendable, Hashable {
  /// The kinds of fault in a reply.
  @nonexhaustive public enum Code: Sendable, Hashable {
    /// The daemon closed the connection without a byte.
    case empty
    /// The reply ends before something it must contain.
    case cutShort
    /// A line is not in the protocol's form.
    case malformed
    /// The daemon does not know the command: `Bad command (…)`.
    case refused
  }

  /// The kind of fault.
  public let code: Code
  /// The number of the line at fault, counted from 1; one past the last line when one is missing.
  public let line: Int
  /// The line at fault without its line end, or empty.
  public let text: ByteText
  /// The text that was expected there, in words.
  public let expected: String

  /// Makes an error about line `line`, counted from 1.
  public init(
    _ code: Code, line: Int = 1, text: some Collection<UInt8> = [], expected: String = ""
  ) {
    self.code = code
    self.line = line
    self.text = ByteText(text)
    self.expected = expected
  }
}

extension ReplyError: CustomStringConvertible {
  /// The fault in the reply and the line that has it, in one line.
  public var description: String {
    let shown = ByteText(text.prefix(200)).description
    let quoted = shown.isEmpty ? "" : ": \(shown)"
    return switch code {
    case .empty: "the daemon closed the connection without a reply"
    case .refused: Refusal(text).map { "\($0.text)\(quoted)" } ?? "the daemon refused\(quoted)"
    case .cutShort: "the reply is cut short at line \(line), expected \(expected)\(quoted)"
    case .malformed:
      """
      line \(line) of the reply is not in the protocol's form, expected \(expected)\(quoted)
      """
    }
  }
}

extension ReplyError {
  /// Checks that a reply is there and ends with a line end, as every reply of sendmail does: one that
  /// ends within a line is cut short.
  ///
  /// - Throws: ``ReplyError``: `empty`, or `cutShort` with the last line.
  package static func checkEnd(of reply: [UInt8]) throws(ReplyError) {
    guard !reply.isEmpty else {
      throw ReplyError(.empty, line: 1, text: [], expected: "a reply")
    }
    guard reply.last != ASCII.lineFeed else { return }
    let start = (reply.lastIndex(of: ASCII.lineFeed) ?? -1) + 1
    throw ReplyError(
      .cutShort, line: reply.count { $0 == ASCII.lineFeed } + 1, text: reply[start...],
      expected: "a line end")
  }
}
