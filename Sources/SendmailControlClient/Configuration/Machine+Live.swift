// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
internal import SystemPackage
internal import SystemSupport

extension Machine {
  /// This machine, by its name (`gethostname`), its processors (`sysconf`), its system (`uname`), its
  /// services (`getservbyname_r`), its regular expressions (`regcomp`), and whether it has the file of
  /// Debian and its derivatives.
  package static func live() -> Machine {
    Machine(
      hostName: liveHostName, processors: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      platform: livePlatform, isDebian: (try? FilePath("/etc/debian_version").stat()) != nil,
      hasService: { hasLiveService($0) }, isInternetAddress: { isLiveInternetAddress($0) },
      compileRegularExpression: { compileLive($0, isExtended: $1) })
  }

  private static var liveHostName: [UInt8] {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return [] }
    return name.bytesOfCString
  }

  private static var livePlatform: String {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return "unknown" }
    return unsafe withUnsafeBytes(of: &names.sysname) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func hasLiveService(_ name: [UInt8]) -> Bool {
    let name = name.cString
    let found: Bool? = unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe servent()
      var result: UnsafeMutablePointer<servent>?
      let code = unsafe getservbyname_r(name, "tcp", &entry, buffer, size, &result)
      return unsafe (code, result == nil ? nil : true)
    }
    return found ?? false
  }

  private static func compileLive(_ pattern: [UInt8], isExtended: Bool) -> RegularExpression {
    var expression = unsafe regex_t()
    let code = unsafe regcomp(
      &expression, pattern.cString, isExtended ? REG_EXTENDED : 0)
    guard code != 0 else {
      defer { unsafe regfree(&expression) }
      return unsafe .compiled(groups: Int(expression.re_nsub))
    }
    var reason = [CChar](repeating: 0, count: 256)
    _ = unsafe regerror(code, &expression, &reason, reason.count)
    return .refused(reason: String(decoding: reason.bytesOfCString, as: UTF8.self))
  }

  private static func isLiveInternetAddress(_ text: [UInt8]) -> Bool {
    // 255.255.255.255 is no address to sendmail either: it looks like the error.
    guard unsafe inet_addr(text.cString) == in_addr_t.max else { return true }
    let tag = Array("ipv6:".utf8)
    let isTagged = text.prefix(tag.count).map(ASCII.lowercased) == tag
    var address = in6_addr()
    let digits = (isTagged ? text.dropFirst(tag.count) : text[...]).cString
    return unsafe inet_pton(AF_INET6, digits, &address) == 1
  }
}
