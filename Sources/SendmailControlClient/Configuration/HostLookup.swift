// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
package import SystemSupport

/// Looks up hosts in the databases of nsswitch.conf(5) until a deadline. Whoever answers there may be slow, or not
/// answer at all.
package struct HostLookup: Sendable {
  private let deadline: Deadline
  private let interruption: Interruption?

  /// Look-ups that all together end at `deadline`, or after `interruption`.
  package init(until deadline: Deadline, interruption: Interruption? = nil) {
    self.deadline = deadline
    self.interruption = interruption
  }

  private static let late = "the name service did not answer in time"

  /// The address of the host called `name` (`gethostbyname2_r`): of IPv6, or else of IPv4.
  package func address(of name: [UInt8], isVersion6: Bool) -> Fact<[UInt8]> {
    let known = HostName.withoutLookup(name, isVersion6: isVersion6)
    guard known.reason != nil else { return known }
    guard !deadline.hasPassed, interruption?.hasHappened != true else {
      return .unknown(reason: Self.late)
    }
    let found = try? OwnThread.run(until: deadline, interruption: interruption) {
      Self.find(name, isVersion6: isVersion6)
    }
    return (found ?? nil) ?? .unknown(reason: Self.late)
  }

  private static func find(_ name: [UInt8], isVersion6: Bool) -> Fact<[UInt8]> {
    let name = name.cString
    var problem: CInt = 0
    let address: [UInt8]? = unsafe NameDatabase.lookup { buffer, size in
      var entry = unsafe hostent()
      var result: UnsafeMutablePointer<hostent>?
      let code = unsafe gethostbyname2_r(
        name, isVersion6 ? AF_INET6 : AF_INET, &entry, buffer, size, &result, &problem)
      return unsafe (code, result.flatMap { unsafe first(of: $0.pointee) })
    }
    if let address { return .known(address) }
    let isCertain = [HOST_NOT_FOUND, NO_DATA].contains(problem) && !NameService.searchesFilesOnly
    return isCertain
      ? .absent : .unknown(reason: "the name service does not know or does not answer")
  }

  private static func first(of host: hostent) -> [UInt8]? {
    guard let address = unsafe host.h_addr_list?.pointee else { return nil }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: address, count: Int(host.h_length)))
  }
}
