// SPDX-License-Identifier: Apache-2.0

/// The files of a machine: kinds, owners and modes. Nothing is changed, and nothing is opened but
/// directories. Paths are absolute.
package protocol FileView: Sendable {
  /// The file at `path`, without following a symbolic link at its end (`lstat`, `readlink`).
  func lookup(_ path: [UInt8]) -> PathLookup
  /// The file at `path`, symbolic links followed (`stat`).
  func lookupFollowingLinks(_ path: [UInt8]) -> PathLookup
  /// Size and date of the file at `path`, without following a symbolic link; `nil` when they cannot
  /// be had (`lstat`).
  func details(of path: [UInt8]) -> FileDetails?
  /// Calls `body` for each entry of `directory` but `.` and `..`, in any order (`readdir`): with its name, and
  /// with false if the entry itself says that it is neither a directory nor a symbolic link. There may be
  /// millions.
  ///
  /// - Returns: false when they cannot be read, or not all of them.
  func forEachEntry(
    in directory: [UInt8], _ body: (_ name: Span<UInt8>, _ mayBeDirectory: Bool) -> Void
  ) -> Bool
  /// The file system that `path` is on; `nil` when it cannot be examined (`statvfs`).
  func fileSystem(of path: [UInt8]) -> FileSystemInfo?
  /// The path of `directory` without symbolic links, `.` and `..`; `nil` when there is none
  /// (`realpath`).
  func realPath(of directory: [UInt8]) -> [UInt8]?
}

extension FileView {
  /// No file system: a view of files that has none.
  package func fileSystem(of path: [UInt8]) -> FileSystemInfo? { nil }

  /// The directory at `path`, symbolic links followed; anything else fails as `.notADirectory`.
  func directory(at path: [UInt8]) -> PathLookup {
    let found = lookupFollowingLinks(path)
    if case .found(let facts) = found, facts.kind != .directory { return .failed(.notADirectory) }
    return found
  }
}

/// Size and date of a file.
package struct FileDetails: Sendable, Equatable {
  /// The size in bytes.
  package let size: Int
  /// The time of the last change of its contents.
  package let modified: CalendarTime
  /// The same time in seconds since 1970, for comparison.
  package let modifiedSeconds: Int

  /// A size and a date.
  package init(size: Int, modified: CalendarTime, modifiedSeconds: Int) {
    self.size = size
    self.modified = modified
    self.modifiedSeconds = modifiedSeconds
  }
}
