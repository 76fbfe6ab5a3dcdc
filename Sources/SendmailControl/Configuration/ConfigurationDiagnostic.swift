// SPDX-License-Identifier: Apache-2.0

/// A message that sendmail would print about its configuration.
public struct ConfigurationDiagnostic: Sendable, Hashable {
  /// The consequence for sendmail. Cases may be added: a switch needs a default.
  @nonexhaustive public enum Effect: Sendable, Hashable {
    /// It prints the message and goes on.
    case warning
    /// It reads on, but a daemon does not start: its exit code (70 for an error in the file, 78 for
    /// an unusable queue directory, 64 for a value it stops at once for).
    case refusesToStart(exitCode: Int32)
  }

  /// The place of the cause.
  package enum Place: Sendable, Hashable {
    /// A line of the file: the number sendmail reports, and where the text at fault really stands.
    /// The numbers differ when the line is continued, and in a last line without a line feed.
    case line(Int, position: FilePosition)
    /// The overrides, which have no line.
    case commandLine
    /// The configuration as a whole.
    case configuration
  }

  /// The place of the cause.
  package let place: Place
  /// sendmail's own text, without the file and the line in front. It quotes the file, control characters
  /// included.
  public let message: ByteText
  /// The consequence for sendmail.
  public let effect: Effect
  /// True if sendmail puts the file and the line in front of its text.
  package let isLocated: Bool

  /// The longest text of a message, in bytes: sendmail's buffer cuts longer ones.
  static let longestMessage = 4085

  /// A remark of sendmail's, whose text is 7-bit in its output and ends at a NUL.
  init(_ message: [UInt8], at place: Place, effect: Effect, isLocated: Bool = true) {
    self.place = place
    self.message = Self.sevenBit(message)
    self.effect = effect
    self.isLocated = isLocated
  }

  init(_ message: String, at place: Place, effect: Effect, isLocated: Bool = true) {
    self.init(Array(message.utf8), at: place, effect: effect, isLocated: isLocated)
  }

  private static func sevenBit(_ message: [UInt8]) -> ByteText {
    let bytes = message.prefix(longestMessage).lazy.map { $0 & 0x7F }
    return ByteText(bytes.prefix { $0 != ASCII.null })
  }

  /// The line of the file that is at fault, counted from 1; `nil` when no line is.
  public var line: Int? {
    guard case .line(_, let position) = place else { return nil }
    return position.line
  }

  /// The line as sendmail prints it, nothing escaped: `FILE: line N: TEXT`, or the text alone.
  ///
  /// `file` is the name of the file as sendmail was passed it.
  package func sendmailText(file: String) -> String {
    let text = String(decoding: message.bytes, as: UTF8.self)
    guard isLocated, case .line(let number, _) = place else { return text }
    return "\(file): line \(number): \(text)"
  }
}

extension ConfigurationDiagnostic: CustomStringConvertible {
  /// `line N: TEXT`, or the text alone; control characters are escapes.
  public var description: String {
    guard isLocated, case .line(let number, _) = place else { return "\(message)" }
    return "line \(number): \(message)"
  }
}
