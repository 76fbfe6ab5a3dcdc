// SPDX-License-Identifier: Apache-2.0

/// Facts about a machine that sendmail and the audit use, besides its accounts and files.
package struct Machine: Sendable {
  /// The qualified name, for `$j`, `$w` and `$m`; empty when it is not known.
  package var hostName: [UInt8]
  /// Returns a note when sendmail waits at start for a better name of the host; `nil` when it does not, or that is
  /// not known.
  package var hostNameNote: @Sendable () -> String? = { nil }
  /// Processors online, by which the load limits are counted.
  package var processors: Int
  /// The operating system's name: `Linux`.
  package var platform: String
  /// True if Debian or a distribution made of it built the software that is installed.
  package var isDebian: Bool
  /// True if a socket of every IPv6 address takes no connections of IPv4 (`net.ipv6.bindv6only`).
  package var bindsVersion6Only: Bool
  /// Returns the port of TCP's service of this name (`getservbyname`). This is a function because a name
  /// service need not be able to list its names.
  package var service: @Sendable (_ name: [UInt8]) -> Fact<UInt16>
  /// Returns the address of the host of this name (`gethostbyname2`), in network order: of IPv6, or else of IPv4.
  package var host: @Sendable (_ name: [UInt8], _ isVersion6: Bool) -> Fact<[UInt8]>
  /// Compiles a regular expression as the C library does (`regcomp`).
  package var compileRegularExpression:
    @Sendable (_ pattern: [UInt8], _ isExtended: Bool) -> RegularExpression

  /// The result of compiling a regular expression.
  package enum RegularExpression: Sendable, Equatable {
    /// It has this many groups.
    case compiled(groups: Int)
    /// It is none, for this reason.
    case refused(reason: String)
    /// No one was asked.
    case unknown
  }

  /// A machine with these properties. As it stands, every service is accepted, and so is every host that has a
  /// name.
  package init(
    hostName: [UInt8] = [], processors: Int = 1, platform: String = "Linux",
    isDebian: Bool = false, bindsVersion6Only: Bool = false,
    service: @escaping @Sendable (_ name: [UInt8]) -> Fact<UInt16> = { _ in
      .unknown(reason: "services are not looked up")
    },
    host: @escaping @Sendable (_ name: [UInt8], _ isVersion6: Bool) -> Fact<[UInt8]> = {
      HostName.withoutLookup($0, isVersion6: $1)
    },
    compileRegularExpression:
      @escaping @Sendable (_ pattern: [UInt8], _ isExtended: Bool) -> RegularExpression = { _, _ in
        .unknown
      }
  ) {
    self.hostName = hostName
    self.processors = processors
    self.platform = platform
    self.isDebian = isDebian
    self.bindsVersion6Only = bindsVersion6Only
    self.service = service
    self.host = host
    self.compileRegularExpression = compileRegularExpression
  }
}
