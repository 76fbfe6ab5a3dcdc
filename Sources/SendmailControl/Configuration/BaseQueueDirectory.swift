// SPDX-License-Identifier: Apache-2.0

/// The working directory of sendmail's daemon: the queue directory, or the part of a pattern before the
/// last `/` (`setup_queues` in sendmail's `queue.c`).
package struct BaseQueueDirectory: Sendable, Hashable {
  /// The longest queue directory, in bytes.
  static let longestPath = 4094

  /// The path, without a `/` at its end unless it is all there is; as written otherwise.
  package let path: [UInt8]
  /// The beginning of the names of queues in it, when `QueueDirectory` ends in `*`.
  package let pattern: [UInt8]?
  /// The reason why sendmail does not even search for it; it then exits with 78.
  package let problem: ConfigurationDiagnostic?

  /// True if sendmail starts with it as far as its text goes: it must be absolute.
  package var isUsable: Bool { problem == nil && path.first == ASCII.slash }

  /// True if it is a directory of the system, where the queues of a pattern are among the files of others.
  var isShared: Bool { Self.sharedDirectories.contains(String(decoding: path, as: UTF8.self)) }

  private static let sharedDirectories: Set<String> = [
    "/", "/etc", "/home", "/opt", "/run", "/srv", "/tmp", "/usr", "/var", "/var/lib", "/var/mail",
    "/var/run", "/var/spool", "/var/tmp",
  ]

  /// The path as sendmail hands it to `chdir`, with `/` at its end.
  var changeDirectoryPath: [UInt8] {
    path.last == ASCII.slash ? path : path + [ASCII.slash]
  }
}

extension SendmailConfiguration {
  /// The directory that a relative control socket is relative to, before symbolic links.
  package var baseQueueDirectory: BaseQueueDirectory {
    let directory = queueDirectory
    if setting(.queueDirectory) == nil {
      return base(directory, nil, "QueueDirectory (Q) option must be set")
    }
    guard directory.count <= BaseQueueDirectory.longestPath else {
      return base(
        directory, nil,
        "QueueDirectory: path too long: \(directory.count), max \(BaseQueueDirectory.longestPath + 1)"
      )
    }
    guard directory.last == ASCII.asterisk else { return base(directory, nil, nil as [UInt8]?) }
    guard let slash = directory.lastIndex(of: ASCII.slash) else {
      return base(
        directory, nil,
        Array("QueueDirectory: can not wildcard relative path \"".utf8) + directory
          + [ASCII.doubleQuote])
    }
    return base(
      Array(directory[...slash]), Array(directory[(slash + 1)...].dropLast()), nil as [UInt8]?)
  }

  private func base(
    _ path: [UInt8], _ pattern: [UInt8]?, _ problem: String
  ) -> BaseQueueDirectory {
    base(path, pattern, Array(problem.utf8))
  }

  private func base(
    _ path: [UInt8], _ pattern: [UInt8]?, _ problem: [UInt8]?
  ) -> BaseQueueDirectory {
    let diagnostic = problem.map {
      ConfigurationDiagnostic(
        $0, at: .configuration,
        effect: .refusesToStart(exitCode: ConfigurationParser.ExitCode.configuration))
    }
    return BaseQueueDirectory(
      path: path.withoutTrailingSlashes(), pattern: pattern, problem: diagnostic)
  }
}

extension Collection<UInt8> {
  /// The path without slashes at its end, unless it is nothing else.
  func withoutTrailingSlashes() -> [UInt8] {
    var path = Array(self)
    while path.count > 1, path.last == ASCII.slash { path.removeLast() }
    return path
  }
}
