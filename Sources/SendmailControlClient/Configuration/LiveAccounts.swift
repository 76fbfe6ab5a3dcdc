// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
internal import SystemSupport

/// The users and groups of this machine, from the databases of nsswitch.conf(5).
package struct LiveAccounts: Accounts {
  /// The numbers of the user called `name` (`getpwnam_r`).
  package func user(named name: [UInt8]) -> UserNumbers? {
    let name = name.cString
    return unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe passwd()
      var result: UnsafeMutablePointer<passwd>?
      let code = unsafe getpwnam_r(name, &entry, buffer, size, &result)
      let user = unsafe result.map {
        unsafe UserNumbers(userID: $0.pointee.pw_uid, groupID: $0.pointee.pw_gid)
      }
      return (code, user)
    }
  }

  /// The number of the group called `name` (`getgrnam_r`).
  package func group(named name: [UInt8]) -> UInt32? {
    let name = name.cString
    return unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe Glibc.group()
      var result: UnsafeMutablePointer<group>?
      let code = unsafe getgrnam_r(name, &entry, buffer, size, &result)
      let number = unsafe result.map { unsafe $0.pointee.gr_gid }
      return (code, number)
    }
  }

  /// The name of the user `id`, or the number when it has none (`getpwuid_r`).
  package func userName(_ id: UInt32) -> String {
    let name: String? = unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe passwd()
      var result: UnsafeMutablePointer<passwd>?
      let code = unsafe getpwuid_r(id, &entry, buffer, size, &result)
      return unsafe (code, result.flatMap { unsafe NameDatabase.text($0.pointee.pw_name) })
    }
    return name ?? String(id)
  }

  /// The name of the group `id`, or the number when it has none (`getgrgid_r`).
  package func groupName(_ id: UInt32) -> String {
    let name: String? = unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe Glibc.group()
      var result: UnsafeMutablePointer<group>?
      let code = unsafe getgrgid_r(id, &entry, buffer, size, &result)
      return unsafe (code, result.flatMap { unsafe NameDatabase.text($0.pointee.gr_name) })
    }
    return name ?? String(id)
  }

  /// The members of the group `id`: those it lists (`getgrgid_r`), and those whose own group it is
  /// (`getpwent`), as far as the user database can be listed.
  package func members(ofGroup id: UInt32) -> GroupMembers {
    let listed: [String]? = unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe Glibc.group()
      var result: UnsafeMutablePointer<group>?
      let code = unsafe getgrgid_r(id, &entry, buffer, size, &result)
      var names: [String] = []
      if let group = unsafe result, var name = unsafe group.pointee.gr_mem {
        while let text = unsafe NameDatabase.text(name.pointee) {
          names.append(text)
          unsafe name += 1
        }
      }
      return (code, names)
    }
    var primary: [String] = []
    setpwent()
    defer { endpwent() }
    while let entry = unsafe getpwent() {
      if unsafe entry.pointee.pw_gid == id,
        let name = unsafe NameDatabase.text(entry.pointee.pw_name)
      {
        primary.append(name)
      }
    }
    return GroupMembers(listed: listed ?? [], primary: primary)
  }

  /// The user who runs this program: `alice (groups alice, adm)`.
  package static var whoami: String {
    let accounts = LiveAccounts()
    let process = ProcessIdentity.current
    let all = [process.effectiveGroup] + process.groups.filter { $0 != process.effectiveGroup }
    let names = all.map { accounts.groupName($0) }.joined(separator: ", ")
    return "\(accounts.userName(process.effectiveUser)) (groups \(names))"
  }
}

extension Accounts where Self == LiveAccounts {
  /// The users and groups of this machine.
  package static var live: LiveAccounts { LiveAccounts() }
}

/// Look-ups of the C library's reentrant functions.
enum NameDatabase {
  private static let largestBuffer = 1 << 20

  /// Calls `body` with a buffer that grows for as long as the call says that it is too small
  /// (`ERANGE`).
  static func lookup<Value>(
    _ body: (UnsafeMutablePointer<CChar>, Int) -> (code: Int32, value: Value?)
  ) -> Value? {
    var size = 1024
    while size <= largestBuffer {
      var buffer = [CChar](repeating: 0, count: size)
      let (code, value) = unsafe body(&buffer, size)
      guard code == ERANGE else { return value }
      size *= 4
    }
    return nil
  }

  fileprivate static func text(_ name: UnsafePointer<CChar>?) -> String? {
    unsafe name.map { unsafe String(cString: $0) }
  }
}
