// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Glibc
import SystemPackage
import TestSupport

/// A file or directory of a tree that is made for a test.
struct TreeEntry: Sendable {
  enum Kind: Sendable {
    case directory
    case file
    case fifo
    /// A socket without a listener.
    case socket
    case link(String)
    /// Another name of a file of the tree.
    case hardLink(String)
  }

  let name: String
  let kind: Kind
  let mode: mode_t
  let owner: uid_t
  let group: gid_t

  static func directory(
    _ name: String, _ mode: mode_t = 0o755, owner: uid_t = 0, group: gid_t = 0
  ) -> TreeEntry {
    TreeEntry(name: name, kind: .directory, mode: mode, owner: owner, group: group)
  }

  static func file(
    _ name: String, _ mode: mode_t = 0o644, owner: uid_t = 0, group: gid_t = 0
  ) -> TreeEntry {
    TreeEntry(name: name, kind: .file, mode: mode, owner: owner, group: group)
  }

  static func make(_ kind: Kind, _ name: String, _ mode: mode_t, owner: uid_t = 0) -> TreeEntry {
    TreeEntry(name: name, kind: kind, mode: mode, owner: owner, group: 0)
  }

  static func link(_ name: String, to target: String, owner: uid_t = 0) -> TreeEntry {
    TreeEntry(name: name, kind: .link(target), mode: 0o777, owner: owner, group: 0)
  }

  /// Makes it below `root`; `@DIR@` in the target of a link is `root`.
  func make(below root: FilePath) throws {
    let path = root.string + "/" + name
    let result: CInt
    switch kind {
    case .directory: result = unsafe mkdir(path, 0o700) == 0 || errno == EEXIST ? 0 : -1
    case .file:
      result = FileManager.default.createFile(atPath: path, contents: Data("x".utf8)) ? 0 : -1
    case .fifo: result = unsafe mkfifo(path, 0o600)
    case .socket: result = Self.leaveSocket(at: path)
    case .link(let target):
      result = unsafe symlink(target.replacing("@DIR@", with: root.string), path)
    case .hardLink(let target): result = unsafe Glibc.link(root.string + "/" + target, path)
    }
    guard result == 0, unsafe lchown(path, owner, group) == 0 else {
      throw HarnessError("cannot make \(path): \(unsafe String(cString: strerror(errno)))")
    }
    if case .link = kind { return }
    guard unsafe chmod(path, mode) == 0 else { throw HarnessError("chmod \(path): error \(errno)") }
  }

  private static func leaveSocket(at path: String) -> CInt {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { field in
      unsafe field.copyBytes(from: path.utf8.prefix(field.count - 1))
    }
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, size)
      }
    }
  }
}

/// A tree, a socket's name and options of sendmail.cf: what does sendmail make of it?
struct SocketTree: Sendable, CustomStringConvertible {
  var description: String
  /// `ControlSocketName`; `@DIR@` is the directory of the test.
  var socket = "@DIR@/d/ctl"
  var entries: [TreeEntry] = []
  /// Lines of sendmail.cf.
  var options: [String] = []
  var asOrdinaryUser = false
  /// The owner of the queue, so that a daemon with RunAsUser can work there.
  var queueOwner: uid_t = 0

  /// Users that every Debian has: `daemon`, and as one that sendmail is or trusts, `mail`.
  static let stranger: uid_t = 1
  static let friend: uid_t = 8

  static let trustSticky = "O DontBlameSendmail=TrustStickyBit"
  static let trustGroup = "O DontBlameSendmail=GroupWritableDirPathSafe"
  static let trusted = "O TrustedUser=mail"
  static let runAs = "O RunAsUser=mail"
}
