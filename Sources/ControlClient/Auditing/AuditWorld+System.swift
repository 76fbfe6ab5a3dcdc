// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage

extension AuditWorld {
  /// This machine: `lstat` for each component, the user database, and what was installed here.
  public static let system = AuditWorld(
    lookup: FileSight.lookup, details: FileSight.details, names: FileSight.names,
    userName: { Accounts.userName($0) }, groupName: { Accounts.groupName($0) },
    members: Accounts.members, platform: platformName, isDebian: isDebian)

  private static var platformName: String {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return "unknown" }
    return unsafe withUnsafeBytes(of: &names.sysname) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// Debian, Ubuntu and their kin all have this file.
  private static var isDebian: Bool {
    if case .found = FileSight.lookup(Array("/etc/debian_version".utf8)) { true } else { false }
  }
}

/// Files, looked at and never opened.
private enum FileSight {
  @Sendable static func lookup(_ path: [UInt8]) -> PathLookup {
    let path = FilePath(bytes: path)
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0 else {
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

  @Sendable static func details(_ path: [UInt8]) -> AuditWorld.Details? {
    var status = stat()
    let result = unsafe FilePath(bytes: path).withPlatformString { unsafe lstat($0, &status) }
    guard result == 0 else { return nil }
    return AuditWorld.Details(
      size: status.st_size, modified: CalendarTime(at: status.st_mtim.tv_sec))
  }

  @Sendable static func names(_ directory: [UInt8]) -> [[UInt8]]? {
    try? DirectoryNames.read(FilePath(bytes: directory))
  }

  static func linkTarget(_ path: FilePath) -> [UInt8]? {
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
