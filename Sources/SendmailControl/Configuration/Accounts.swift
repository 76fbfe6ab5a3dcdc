// SPDX-License-Identifier: GPL-3.0-or-later

/// The users and groups of a machine.
public protocol Accounts: Sendable {
  /// The numbers of the user called `name`; `nil` when there is none (`getpwnam`).
  func user(named name: [UInt8]) -> UserNumbers?
  /// The number of the group called `name`; `nil` when there is none (`getgrnam`).
  func group(named name: [UInt8]) -> UInt32?
  /// The name of the user `id`, or the number when it has none (`getpwuid`).
  func userName(_ id: UInt32) -> String
  /// The name of the group `id`, or the number when it has none (`getgrgid`).
  func groupName(_ id: UInt32) -> String
  /// The members of the group `id`, as far as the user database can be listed.
  func members(ofGroup id: UInt32) -> GroupMembers
}

/// A user's numbers.
public struct UserNumbers: Sendable, Hashable {
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

/// The members of a group.
public struct GroupMembers: Sendable, Equatable {
  /// The users whom the group itself lists.
  public let listed: [String]
  /// The users whose own group it is.
  public let primary: [String]

  /// These users.
  public init(listed: [String] = [], primary: [String] = []) {
    self.listed = listed
    self.primary = primary
  }
}

/// Accounts in which every name exists, so that no message is about one: for a file that was copied
/// from another machine.
public struct UnknownAccounts: Accounts {
  /// Root, for every name.
  public func user(named name: [UInt8]) -> UserNumbers? { UserNumbers(userID: 0, groupID: 0) }
  /// Root's group, for every name.
  public func group(named name: [UInt8]) -> UInt32? { 0 }
  /// The number.
  public func userName(_ id: UInt32) -> String { String(id) }
  /// The number.
  public func groupName(_ id: UInt32) -> String { String(id) }
  /// No one.
  public func members(ofGroup id: UInt32) -> GroupMembers { GroupMembers() }
}

extension Accounts where Self == UnknownAccounts {
  /// Accounts in which every name exists.
  public static var unknown: UnknownAccounts { UnknownAccounts() }
}
