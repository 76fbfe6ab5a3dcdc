// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl

extension Accounts {
  /// Who is in the group `id`: those it lists (`getgrgid`), and those whose own group it is
  /// (`getpwent`), as far as the user database can be listed.
  @Sendable public static func members(of id: UInt32) -> AuditWorld.Members {
    var listed: [String] = []
    if let entry = unsafe getgrgid(id), var name = unsafe entry.pointee.gr_mem {
      while let member = unsafe name.pointee {
        unsafe listed.append(String(cString: member))
        unsafe name += 1
      }
    }
    var primary: [String] = []
    setpwent()
    defer { endpwent() }
    while let entry = unsafe getpwent() {
      if unsafe entry.pointee.pw_gid == id, let name = unsafe entry.pointee.pw_name {
        unsafe primary.append(String(cString: name))
      }
    }
    return AuditWorld.Members(listed: listed, primary: primary)
  }
}
