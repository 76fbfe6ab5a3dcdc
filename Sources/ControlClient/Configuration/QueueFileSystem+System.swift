// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage

extension QueueFileSystem {
  /// This machine's file system. A relative directory is relative to where the daemon was started,
  /// which nobody knows, so nothing is said of it; neither of one that may not be looked at.
  public static let system = QueueFileSystem(
    enter: Directories.enter, realPath: Directories.realPath,
    subdirectories: Directories.subdirectories)
}

private enum Directories {
  @Sendable static func enter(_ path: [UInt8]) -> Result<Void, QueueFileSystem.Failure> {
    guard path.first == ASCII.slash else { return .success(()) }
    switch isDirectory(path) {
    case .success(true): return .success(())
    case .success(false): return .failure(failure(.notDirectory))
    case .failure(let error):
      let absent: [Errno] = [
        .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels, .fileNameTooLong,
      ]
      return absent.contains(error) ? .failure(failure(error)) : .success(())
    }
  }

  @Sendable static func realPath(_ path: [UInt8]) -> [UInt8]? {
    guard path.first == ASCII.slash, let name = unsafe realpath(cString(path), nil) else {
      return nil
    }
    defer { unsafe free(name) }
    return unsafe bytes(name)
  }

  @Sendable static func subdirectories(_ path: [UInt8]) -> [[UInt8]]? {
    guard path.first == ASCII.slash, let stream = unsafe opendir(cString(path)) else { return nil }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe bytes($0) }
      }
      guard name != [ASCII.dot], name != [ASCII.dot, ASCII.dot] else { continue }
      if case .success(true) = isDirectory(path + [ASCII.slash] + name) { names.append(name) }
    }
    return names
  }

  private static func isDirectory(_ path: [UInt8]) -> Result<Bool, Errno> {
    do {
      let path = FilePath(platformString: cString(path))
      return .success(try path.stat().type == .directory)
    } catch {
      return .failure(error)
    }
  }

  private static func failure(_ error: Errno) -> QueueFileSystem.Failure {
    QueueFileSystem.Failure(text: "\(error)")
  }

  private static func cString(_ bytes: [UInt8]) -> [CChar] {
    bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
  }

  private static func bytes(_ name: UnsafePointer<CChar>) -> [UInt8] {
    let count = unsafe strlen(name)
    return unsafe UnsafeBufferPointer(start: name, count: count).map { UInt8(bitPattern: $0) }
  }
}
