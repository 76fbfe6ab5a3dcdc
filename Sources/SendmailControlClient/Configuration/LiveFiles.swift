// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
internal import Synchronization
internal import SystemPackage
package import SystemSupport

/// The files of this machine.
package struct LiveFiles: FileView {
  private let interruption: Interruption?
  private let unchecked = PathList()

  /// The files of this machine. After `interruption` none is looked up any more, so that a search of
  /// many ends; its result is then of no use.
  package init(until interruption: Interruption? = nil) {
    self.interruption = interruption
  }

  private var isOver: Bool { interruption?.hasHappened == true }

  /// The paths that this user was not permitted to look up so far. Root sees what a daemon sees.
  package var uncheckedPaths: Set<[UInt8]> {
    geteuid() == 0 ? [] : Set(unchecked.paths.withLock { $0 })
  }

  private func noted(_ path: [UInt8], _ lookup: PathLookup) -> PathLookup {
    if lookup == .failed(.notPermitted) {
      unchecked.paths.withLock { if $0.last != path { $0.append(path) } }
    }
    return lookup
  }

  /// A list and not a set: a set of paths takes half a million instructions to make its type, and a `status`
  /// looks up no path.
  private final class PathList: Sendable {
    let paths = Mutex<[[UInt8]]>([])
  }

  /// The file at `path`, without following a symbolic link at its end (`lstat`, `readlink`).
  package func lookup(_ path: [UInt8]) -> PathLookup {
    isOver ? .failed(.notPermitted) : noted(path, Files.lookup(path))
  }

  /// The file at `path`, symbolic links followed (`stat`).
  package func lookupFollowingLinks(_ path: [UInt8]) -> PathLookup {
    isOver
      ? .failed(.notPermitted) : noted(path, Files.lookup(path, followsLinks: true))
  }

  /// Size and date of the file at `path`, without following a symbolic link (`lstat`).
  package func details(of path: [UInt8]) -> FileDetails? {
    guard let status = try? Stat(FilePath(bytes: path), followTargetSymlink: false) else {
      return nil
    }
    return FileDetails(
      size: Int(status.size), modified: CalendarTime(at: status.st_mtim.tv_sec),
      modifiedSeconds: status.st_mtim.tv_sec)
  }

  /// Calls `body` for each entry of `directory` (`readdir`).
  package func forEachEntry(
    in directory: [UInt8], _ body: (_ name: Span<UInt8>, _ mayBeDirectory: Bool) -> Void
  ) -> Bool {
    do throws(Errno) {
      unsafe try Directories.forEachEntry(in: FilePath(bytes: directory)) {
        entry throws(Errno) in
        guard !isOver else { throw .canceled }
        unsafe body(entry.bytes.span, entry.mayBeDirectory)
      }
      return !isOver
    } catch {
      return false
    }
  }

  /// The file system that `path` is on (`statvfs`).
  package func fileSystem(of path: [UInt8]) -> FileSystemInfo? {
    isOver ? nil : FileSystemInfo(of: FilePath(bytes: path))
  }

  /// The path of `directory` without symbolic links (`realpath`). A relative directory is relative to
  /// the place where the daemon was started, which is not known, so it has none.
  package func realPath(of directory: [UInt8]) -> [UInt8]? {
    guard directory.first == ASCII.slash else { return nil }
    return unsafe FilePath(bytes: directory).withPlatformString { path in
      guard let real = unsafe realpath(path, nil) else { return nil }
      defer { unsafe free(real) }
      return unsafe FilePath(platformString: real).bytes
    }
  }
}

extension FileView where Self == LiveFiles {
  /// The files of this machine.
  package static var live: LiveFiles { LiveFiles() }
}
