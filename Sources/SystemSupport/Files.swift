// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
package import SystemPackage

/// Files by their paths: read as a whole, looked up, removed. A path in bytes goes to the system as it
/// is, as sendmail passes it; a `FilePath` has no slash at its end.
package enum Files {
  /// The contents of the file at `path`.
  ///
  /// - Throws: the `errno` of `open` or `read`.
  package static func contents(of path: FilePath) throws(Errno) -> [UInt8] {
    let descriptor = try Errno.rethrowing {
      try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    }
    defer { try? descriptor.close() }
    return try descriptor.contents()
  }

  /// The text of the symbolic link at `path` (`readlink(2)`).
  ///
  /// - Throws: the `errno` of `readlink`; `invalidArgument` for what is no symbolic link.
  package static func linkTarget(of path: FilePath) throws(Errno) -> [UInt8] {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe path.withPlatformString { unsafe readlink($0, &target, target.count) }
    guard count >= 0 else { throw Errno(rawValue: errno) }
    return target.prefix(count).map { UInt8(bitPattern: $0) }
  }

  /// The facts about the file at `path` (`lstat(2)`, `readlink(2)`), or the rule of sendmail's path
  /// check that the failure breaks.
  ///
  /// `followsLinks` is true if a symbolic link at the end is followed (`stat(2)`).
  package static func lookup(_ path: [UInt8], followsLinks: Bool = false) -> PathLookup {
    do throws(Errno) {
      let status = unsafe try Stat(path.cString, followTargetSymlink: followsLinks)
      let kind =
        status.type == .symbolicLink
        ? FileFacts.Kind.symbolicLink(target: try linkTarget(of: FilePath(bytes: path)))
        : FileFacts.Kind(status.type)
      return .found(
        FileFacts(
          kind: kind, mode: UInt16(truncatingIfNeeded: status.permissions.rawValue),
          owner: status.userID.rawValue, group: status.groupID.rawValue,
          linkCount: status.linkCount))
    } catch {
      return .failed(rule(for: error))
    }
  }

  /// True if the file at `path` is a regular one that this user may run.
  static func isExecutable(_ path: FilePath) -> Bool {
    guard let facts = try? Stat(path), facts.type == .regular else { return false }
    return unsafe path.withPlatformString { unsafe access($0, X_OK) == 0 }
  }

  /// True if the file at `path`, or a name in the directory there, changed less than `age` ago (`st_ctime`). In
  /// doubt it did not.
  package static func isFresh(_ path: FilePath, within age: Duration) -> Bool {
    let path = path.isEmpty ? "." : path
    guard let changed = try? Stat(path).st_ctim else { return false }
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    let since =
      Duration.seconds(now.tv_sec - changed.tv_sec)
      + .nanoseconds(now.tv_nsec - changed.tv_nsec)
    return .zero <= since && since < age
  }

  /// Removes the file at `path` (`unlink(2)`).
  ///
  /// - Throws: the `errno` of `unlink`.
  package static func remove(_ path: [UInt8]) throws(Errno) {
    guard unsafe unlink(path.cString) == 0 else { throw Errno(rawValue: errno) }
  }

  private static func rule(for error: Errno) -> PathRule {
    switch error {
    case .noSuchFileOrDirectory: .missing
    case .notDirectory: .notADirectory
    case .tooManySymbolicLinkLevels: .tooManyLinks
    case .permissionDenied: .notPermitted
    case .fileNameTooLong: .nameTooLong
    default: .systemError(error.rawValue)
    }
  }
}

extension FileFacts.Kind {
  /// The kind of a file of `type`, which is no symbolic link.
  package init(_ type: FileType) {
    self =
      switch type {
      case .directory: .directory
      case .regular: .regular
      case .socket: .socket
      case .fifo: .fifo
      case .characterSpecial, .blockSpecial: .device
      default: .other
      }
  }
}
