// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
internal import SystemPackage
internal import SystemSupport

extension Machine {
  /// This machine, by its name (`gethostname`), its processors (`sysconf`), its system (`uname`), its
  /// services (`getservbyname_r`), its regular expressions (`regcomp`), and whether it has the file of
  /// Debian and its derivatives.
  ///
  /// `host` looks hosts up; names are left alone as it stands: that could take longer than any deadline.
  package static func live(
    host: @escaping @Sendable (_ name: [UInt8], _ isVersion6: Bool) -> Fact<[UInt8]> = {
      HostName.withoutLookup($0, isVersion6: $1)
    }
  ) -> Machine {
    var machine = Machine(
      hostName: liveHostName, processors: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
      platform: livePlatform, isDebian: (try? FilePath("/etc/debian_version").stat()) != nil,
      bindsVersion6Only: bindsLiveVersion6Only, service: { liveService($0) }, host: host,
      compileRegularExpression: { compileLive($0, isExtended: $1) })
    let hostName = machine.hostName
    machine.hostNameNote = {
      HostNameQualification.note(
        on: hostName, hosts: contents(of: "/etc/hosts"),
        switchFile: contents(of: "/etc/nsswitch.conf"),
        resolver: contents(of: "/etc/resolv.conf"))
    }
    return machine
  }

  private static func contents(of file: FilePath) -> [UInt8] {
    (try? Files.contents(of: file)) ?? []
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

  private static var bindsLiveVersion6Only: Bool {
    contents(of: "/proc/sys/net/ipv6/bindv6only").first == UInt8(ascii: "1")
  }

  private static func liveService(_ name: [UInt8]) -> Fact<UInt16> {
    let name = name.cString
    let found: UInt16? = unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe servent()
      var result: UnsafeMutablePointer<servent>?
      let code = unsafe getservbyname_r(name, "tcp", &entry, buffer, size, &result)
      let port = unsafe result.map {
        unsafe UInt16(bigEndian: UInt16(truncatingIfNeeded: $0.pointee.s_port))
      }
      return (code, port)
    }
    return found.map { .known($0) } ?? .absent
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
}
