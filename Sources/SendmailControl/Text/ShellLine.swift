// SPDX-License-Identifier: Apache-2.0

/// A line of the shell: a command, and where its output goes. `COMMAND`, `COMMAND > FILE`,
/// `COMMAND >> FILE` or `COMMAND | PROGRAM ARGUMENTS`; the text after `#` is a comment.
package struct ShellLine: Sendable, Equatable {
  /// The words of the command; none in an empty line.
  package var words: [[UInt8]]
  /// The destination of its output.
  package var destination: Destination

  /// A destination of a command's output.
  package enum Destination: Sendable, Equatable {
    /// To standard output.
    case standardOutput
    /// Into the file of this name, appended or in the place of its contents.
    case file([UInt8], appending: Bool)
    /// To a program: its name and its arguments.
    case program([[UInt8]])
  }

  /// The reason why a line is not valid.
  package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The fault and its place, such as `column 8: expected the name of a file after >`.
    package let description: String
  }

  /// Reads `line`.
  ///
  /// - Throws: ``Failure``, which names the column.
  package init(_ line: String) throws(Failure) {
    try self.init(Array(line.utf8))
  }

  /// Reads `line`, which need not be UTF-8.
  ///
  /// - Throws: ``Failure``, which names the column.
  package init(_ line: [UInt8]) throws(Failure) {
    let scanned = ScannedLine(line, isCommand: true)
    do {
      try scanned.checkClosed()
    } catch {
      throw Failure(description: error.description)
    }
    let tokens = scanned.tokens
    let end = tokens.firstIndex { $0.kind != .word } ?? tokens.endIndex
    words = tokens[..<end].map(\.bytes)
    destination = .standardOutput
    guard end < tokens.endIndex else { return }
    let sign = tokens[end]
    let operands = tokens[(end + 1)...]
    guard end > 0 else {
      throw Failure(description: "column \(sign.column): expected a command before \(sign.text)")
    }
    destination = try Self.destination(sign, operands)
  }

  private static func destination(
    _ sign: ScannedLine.Token, _ operands: ArraySlice<ScannedLine.Token>
  ) throws(Failure) -> Destination {
    if let other = operands.first(where: { $0.kind != .word }) {
      throw Failure(
        description: "column \(other.column): \(sign.text) and \(other.text) cannot be combined: "
          + "the output goes to one place")
    }
    guard let first = operands.first, !first.bytes.isEmpty else {
      let wanted = sign.kind == .pipe ? "a program" : "the name of a file"
      throw Failure(
        description: "column \(operands.first?.column ?? sign.column): "
          + "expected \(wanted) after \(sign.text)")
    }
    switch sign.kind {
    case .redirection(let appending):
      if let second = operands.dropFirst().first {
        throw Failure(
          description: "column \(second.column): expected nothing more after the file's name")
      }
      return .file(first.bytes, appending: appending)
    case .pipe, .word:
      return .program(operands.map(\.bytes))
    }
  }
}
