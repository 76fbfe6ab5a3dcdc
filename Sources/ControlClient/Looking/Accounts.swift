// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Names of users and groups, for messages.
public enum Accounts {
  /// The user's name, or its number when it has none.
  public static func userName(_ id: UInt32) -> String {
    guard let entry = unsafe getpwuid(id), let name = unsafe entry.pointee.pw_name else {
      return String(id)
    }
    return unsafe String(cString: name)
  }

  /// The group's name, or its number when it has none.
  public static func groupName(_ id: UInt32) -> String {
    guard let entry = unsafe getgrgid(id), let name = unsafe entry.pointee.gr_name else {
      return String(id)
    }
    return unsafe String(cString: name)
  }

  /// Who runs this program: `alice (groups alice, adm)`.
  public static var whoami: String {
    var groups = [gid_t](repeating: 0, count: 256)
    let count = max(0, unsafe Int(getgroups(CInt(groups.count), &groups)))
    let all = [getegid()] + groups.prefix(count).filter { $0 != getegid() }
    return "\(userName(geteuid())) (groups \(all.map(groupName).joined(separator: ", ")))"
  }
}
