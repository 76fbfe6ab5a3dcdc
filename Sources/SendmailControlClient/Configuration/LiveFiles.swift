// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The files of this machine.
public struct LiveFiles: FileView {
  /// The file at `path`, without following a symbolic link at its end (`lstat`, `readlink`).
  public func lookup(_ path: [UInt8]) -> PathLookup {
    unsafe Self.lookup(FilePath(bytes: path), lstat)
  }

  /// The file at `path`, symbolic links followed (`stat`).
  public func lookupFollowingLinks(_ path: [UInt8]) -> PathLookup {
    unsafe Self.lookup(FilePath(bytes: path), stat)
  }

  /// Size and date of the file at `path`, without following a symbolic link (`lstat`).
  public func details(of path: [UInt8]) -> FileDetails? {
    var status = stat()
    let result = unsafe FilePath(bytes: path).withPlatformString { unsafe lstat($0, &status) }
    guard result == 0 else { return nil }
    return FileDetails(size: status.st_size, modified: CalendarTime(at: status.st_mtim.tv_sec))
  }

  /// The names in `directory` (`readdir`).
  public func names(in directory: [UInt8]) -> [[UInt8]]? {
    try? Directories.names(in: FilePath(bytes: directory))
  }

  /// The path of `directory` without symbolic links (`realpath`). A relative directory is relative to
  /// the place where the daemon was started, which is not known, so it has none.
  public func realPath(of directory: [UInt8]) -> [UInt8]? {
    guard directory.first == ASCII.slash else { return nil }
    return unsafe FilePath(bytes: directory).withPlatformString { path in
      guard let real = unsafe realpath(path, nil) else { return nil }
      defer { unsafe free(real) }
      return unsafe FilePath(platformString: real).bytes
    }
  }

  private static func lookup(
    _ path: FilePath, _ call: (UnsafePointer<CChar>, UnsafeMutablePointer<stat>) -> CInt
  ) -> PathLookup {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe call($0, &status) }) == 0 else {
      return .failed(rule(for: errno))
    }
    let kind: FileFacts.Kind
    switch status.st_mode & S_IFMT {
    case S_IFDIR: kind = .directory
    case S_IFREG: kind = .regular
    case S_IFSOCK: kind = .socket
    case S_IFIFO: kind = .fifo
    case S_IFCHR, S_IFBLK: kind = .device
    case S_IFLNK:
      guard let target = linkTarget(path) else { return .failed(rule(for: errno)) }
      kind = .symbolicLink(target: target)
    default: kind = .other
    }
    return .found(
      FileFacts(
        kind: kind, mode: UInt16(truncatingIfNeeded: status.st_mode & 0o7777),
        owner: status.st_uid, group: status.st_gid, linkCount: Int(status.st_nlink)))
  }

  private static func linkTarget(_ path: FilePath) -> [UInt8]? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe path.withPlatformString { unsafe readlink($0, &target, target.count) }
    return count < 0 ? nil : target.prefix(count).map { UInt8(bitPattern: $0) }
  }

  private static func rule(for errno: Int32) -> PathRule {
    switch errno {
    case ENOENT: .missing
    case ENOTDIR: .notADirectory
    case ELOOP: .tooManyLinks
    case EACCES: .notPermitted
    case ENAMETOOLONG: .nameTooLong
    default: .systemError(errno)
    }
  }
}

extension FileView where Self == LiveFiles {
  /// The files of this machine.
  public static var live: LiveFiles { LiveFiles() }
}
