// SPDX-License-Identifier: GPL-3.0-or-later

public import Glibc
public import SystemPackage

/// A user of the machine that a program can be run as.
public struct SystemUser: Sendable, Equatable {
  /// The name, as sendmail.cf takes it; the number where the user has no name.
  public let name: String
  /// The user id.
  public let userID: uid_t
  /// The id of the user's primary group.
  public let groupID: gid_t

  /// The user the tests run as.
  public static let current = SystemUser(id: geteuid(), group: getegid())

  /// True if the tests run as root.
  public static var isRoot: Bool { current.userID == 0 }

  /// A user without privileges: `nobody` when the tests run as root, else the one they run as.
  ///
  /// - Throws: ``HarnessError`` when there is no user `nobody`.
  public static func ordinary() throws -> SystemUser {
    guard isRoot else { return current }
    guard let entry = unsafe getpwnam("nobody") else {
      throw HarnessError("the machine has no user nobody to run programs as")
    }
    return SystemUser(
      name: "nobody", userID: unsafe entry.pointee.pw_uid, groupID: unsafe entry.pointee.pw_gid)
  }

  /// Gives `path` to the user; does nothing when it is theirs already.
  ///
  /// - Throws: ``HarnessError`` when the system refuses.
  public func own(_ path: FilePath) throws {
    guard self != .current else { return }
    let result = unsafe path.withPlatformString { unsafe chown($0, userID, groupID) }
    guard result == 0 else { throw HarnessError("chown", path, .current) }
  }

  /// The words before the path of a program that run it as this user, without supplementary groups; none
  /// when the tests are that user themselves.
  ///
  /// setpriv(1) becomes the user, since Subprocess does so between fork and exec by calls that the C
  /// library makes in step with all threads, of which a forked process has but one: it may wait for
  /// ever.
  var programPrefix: [String] {
    guard self != .current else { return [] }
    return [
      "/usr/bin/setpriv", "--reuid", "\(userID)", "--regid", "\(groupID)", "--groups",
      "\(groupID)", "--",
    ]
  }

  private init(name: String, userID: uid_t, groupID: gid_t) {
    self.name = name
    self.userID = userID
    self.groupID = groupID
  }

  private init(id: uid_t, group: gid_t) {
    let entry = unsafe getpwuid(id)
    let name = unsafe entry.map { unsafe String(cString: $0.pointee.pw_name) } ?? "\(id)"
    self.init(name: name, userID: id, groupID: group)
  }
}
