// SPDX-License-Identifier: Apache-2.0

/// Facts about a machine that sendmail and the audit use, besides its accounts and files.
package struct Machine: Sendable {
  /// The qualified name, for `$j`, `$w` and `$m`; empty when it is not known.
  package var hostName: [UInt8]
  /// Processors online, by which the load limits are counted.
  package var processors: Int
  /// The operating system's name: `Linux`.
  package var platform: String
  /// True if Debian or a distribution made of it built the software that is installed.
  package var isDebian: Bool
  /// Returns whether TCP has a service of this name (`getservbyname`). This is a function because a name
  /// service need not be able to list its names.
  package var hasService: @Sendable (_ name: [UInt8]) -> Bool
  /// Returns whether the C library takes this for an IPv4 or IPv6 address (`inet_addr`, `inet_pton`).
  package var isInternetAddress: @Sendable (_ text: [UInt8]) -> Bool
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

  /// A machine with these properties. As it stands, every service and address is accepted.
  package init(
    hostName: [UInt8] = [], processors: Int = 1, platform: String = "Linux",
    isDebian: Bool = false,
    hasService: @escaping @Sendable (_ name: [UInt8]) -> Bool = { _ in true },
    isInternetAddress: @escaping @Sendable (_ text: [UInt8]) -> Bool = { _ in true },
    compileRegularExpression:
      @escaping @Sendable (_ pattern: [UInt8], _ isExtended: Bool) -> RegularExpression = { _, _ in
        .unknown
      }
  ) {
    self.hostName = hostName
    self.processors = processors
    self.platform = platform
    self.isDebian = isDebian
    self.hasService = hasService
    self.isInternetAddress = isInternetAddress
    self.compileRegularExpression = compileRegularExpression
  }
}
