// SPDX-License-Identifier: GPL-3.0-or-later

/// What sendmail asks its machine while it reads a configuration.
public struct MachineFacts: Sendable {
  /// A user's numbers.
  public struct User: Sendable, Hashable {
    /// The user's number.
    public var userID: UInt32
    /// The number of the user's own group.
    public var groupID: UInt32

    /// A user with these numbers.
    public init(userID: UInt32, groupID: UInt32) {
      self.userID = userID
      self.groupID = groupID
    }
  }

  /// The user of this name, or `nil` (`getpwnam`).
  public var user: @Sendable (_ name: [UInt8]) -> User?
  /// The number of the group of this name, or `nil` (`getgrnam`).
  public var group: @Sendable (_ name: [UInt8]) -> UInt32?
  /// Whether TCP has a service of this name (`getservbyname`).
  public var hasService: @Sendable (_ name: [UInt8]) -> Bool
  /// Whether the C library takes this for an IPv4 or IPv6 address (`inet_addr`, `inet_pton`).
  public var isInternetAddress: @Sendable (_ text: [UInt8]) -> Bool
  /// Processors online, by which the load limits are counted.
  public var processors: Int
  /// The machine's qualified name, for `$j`, `$w` and `$m`; empty when it is not known.
  public var hostName: [UInt8]

  /// A machine of which these things are true.
  public init(
    user: @escaping @Sendable (_ name: [UInt8]) -> User?,
    group: @escaping @Sendable (_ name: [UInt8]) -> UInt32?,
    hasService: @escaping @Sendable (_ name: [UInt8]) -> Bool,
    isInternetAddress: @escaping @Sendable (_ text: [UInt8]) -> Bool = { _ in true },
    processors: Int = 1, hostName: [UInt8] = []
  ) {
    self.user = user
    self.group = group
    self.hasService = hasService
    self.isInternetAddress = isInternetAddress
    self.processors = processors
    self.hostName = hostName
  }

  /// A machine on which every name exists, so that none is complained about; for a file that was
  /// copied from another machine.
  public static let unknown = MachineFacts(
    user: { _ in User(userID: 0, groupID: 0) }, group: { _ in 0 }, hasService: { _ in true })
}
