// SPDX-License-Identifier: Apache-2.0

/// A file that an `F` line reads words of a class from, when sendmail starts.
struct ClassFile: Sendable, Equatable {
  /// The line, counted from 1.
  var line: Int
  /// The path.
  var path: [UInt8]
  /// True if sendmail starts without it, too (`-o`).
  var isOptional: Bool
  /// The checks of the file under the options in force at the line.
  var checks: SafeFile.Checks

  /// True if the path is relative.
  ///
  /// sendmail reads `F` lines before it changes to its queue directory, so that the path is relative to the
  /// directory that sendmail was started in, unlike relative paths in options.
  var isRelative: Bool { path.first != ASCII.slash }

  /// A relative file in a sentence.
  var relativeText: String {
    """
    line \(line) reads \(TerminalEscaping.escape(path)) relative to the directory that sendmail is started \
    in, not to the queue directory
    """
  }
}

extension SendmailConfiguration {
  /// The files with relative paths that `F` lines read.
  var relativeClassFiles: [ClassFile] { classFiles.filter(\.isRelative) }

  /// Facts about the file that sendmail does not report, a sentence each: `F` lines with relative paths,
  /// limits that never act, and options that only a newer sendmail than the one that is assumed has.
  package var notes: [String] {
    relativeClassFiles.map(\.relativeText) + ineffectiveLimits + optionsOfNewerVersions
  }

  private var optionsOfNewerVersions: [String] {
    guard build.isAssumed else { return [] }
    return entries.compactMap { entry in
      guard case .line(let line) = entry.origin,
        let since = OptionTable.options.first(where: { $0.name == entry.name })?.since,
        since > build.version
      else { return nil }
      return
        "line \(line): \(entry.name) is an option of sendmail \(since); an older one does not start with it"
    }
  }
}
