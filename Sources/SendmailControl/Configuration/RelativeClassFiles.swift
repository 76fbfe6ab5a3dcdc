// SPDX-License-Identifier: Apache-2.0

/// A file with a relative path that an `F` line reads words of a class from.
///
/// sendmail reads `F` lines before it changes to its queue directory, so that the path is relative to the
/// directory that sendmail was started in, unlike relative paths in options.
struct RelativeClassFile: Sendable, Equatable {
  /// The line, counted from 1.
  var line: Int
  /// The path.
  var path: [UInt8]

  /// The file in a sentence.
  var text: String {
    """
    line \(line) reads \(TerminalEscaping.escape(path)) relative to the directory that sendmail is started \
    in, not to the queue directory
    """
  }
}

extension SendmailConfiguration {
  /// Facts about the file that sendmail does not report, a sentence each: `F` lines with relative paths, and
  /// limits that never act.
  package var notes: [String] { relativeClassFiles.map(\.text) + ineffectiveLimits }
}
