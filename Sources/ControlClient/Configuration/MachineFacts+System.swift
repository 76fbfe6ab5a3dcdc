// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl

extension MachineFacts {
  /// This machine, by its user database (`getpwnam_r`, `getgrnam_r`), its services
  /// (`getservbyname_r`), processors (`sysconf`) and name (`gethostname`).
  public static func system() -> MachineFacts {
    MachineFacts(
      user: SystemDatabase.userNumbers, group: SystemDatabase.groupNumber,
      hasService: SystemDatabase.hasService, isInternetAddress: SystemDatabase.isInternetAddress,
      processors: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      hostName: SystemDatabase.hostName)
  }
}

/// The look-ups in the C library, each with a buffer that grows as long as it is called too small.
private enum SystemDatabase {
  private static let largestBuffer = 1 << 20

  @Sendable static func userNumbers(_ name: [UInt8]) -> MachineFacts.User? {
    let name = cString(name)
    return unsafe growing { buffer, size in
      var entry = unsafe passwd()
      var result: UnsafeMutablePointer<passwd>?
      let code = unsafe getpwnam_r(
        name, &entry, buffer, size, &result)
      let user = unsafe result.map {
        unsafe MachineFacts.User(userID: $0.pointee.pw_uid, groupID: $0.pointee.pw_gid)
      }
      return (code, user)
    }
  }

  @Sendable static func groupNumber(_ name: [UInt8]) -> UInt32? {
    let name = cString(name)
    return unsafe growing { buffer, size in
      var entry = unsafe group()
      var result: UnsafeMutablePointer<group>?
      let code = unsafe getgrnam_r(
        name, &entry, buffer, size, &result)
      let number = unsafe result.map { unsafe $0.pointee.gr_gid }
      return (code, number)
    }
  }

  @Sendable static func hasService(_ name: [UInt8]) -> Bool {
    let name = cString(name)
    let found: Bool? = unsafe growing { buffer, size in
      var entry = unsafe servent()
      var result: UnsafeMutablePointer<servent>?
      let code = unsafe getservbyname_r(
        name, "tcp", &entry, buffer, size, &result)
      let isFound: Bool? = unsafe result == nil ? nil : true
      return (code, isFound)
    }
    return found ?? false
  }

  @Sendable static func isInternetAddress(_ text: [UInt8]) -> Bool {
    // 255.255.255.255 is no address to sendmail either: it looks like the error.
    guard unsafe inet_addr(cString(text)) == in_addr_t.max else { return true }
    let tag = Array("ipv6:".utf8)
    let isTagged = text.prefix(tag.count).map(ASCII.lowercased) == tag
    var address = in6_addr()
    let digits = cString(Array(isTagged ? text.dropFirst(tag.count) : text[...]))
    return unsafe inet_pton(AF_INET6, digits, &address) == 1
  }

  static var hostName: [UInt8] {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return [] }
    return name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  }

  private static func cString(_ bytes: [UInt8]) -> [CChar] {
    bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
  }

  private static func growing<Value>(
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
}
