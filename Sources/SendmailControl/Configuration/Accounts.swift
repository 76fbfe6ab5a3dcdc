// SPDX-License-Identifier: Apache-2.0

/// The users and groups of a machine.
package protocol Accounts: Sendable {
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
package struct UserNumbers: Sendable, Hashable {
  /// The user's number.
  package var userID: UInt32
  /// The number of the user's own group.
  package var groupID: UInt32

  /// A user with these numbers.
  package init(userID: UInt32, groupID: UInt32) {
    self.userID = userID
    self.groupID = groupID
  }
}

/// The members of a group.
package struct GroupMembers: Sendable, Equatable {
  /// The users whom the group itself lists.
  package let listed: [String]
  /// The users whose own group it is.
  package let primary: [String]

  /// These users.
  package init(listed: [String] = [], primary: [String] = []) {
    self.listed = listed
    self.primary = primary
  }
}

/// Accounts in which every name exists, so that no message is about one: for a file that was copied
/// from another machine.
package struct UnknownAccounts: Accounts {
  /// Root, for every name.
  package func user(named name: [UInt8]) -> UserNumbers? { UserNumbers(userID: 0, groupID: 0) }
  /// Root's group, for every name.
  package func group(named name: [UInt8]) -> UInt32? { 0 }
  /// The number.
  package func userName(_ id: UInt32) -> String { String(id) }
  /// The number.
  package func groupName(_ id: UInt32) -> String { String(id) }
  /// No one.
  package func members(ofGroup id: UInt32) -> GroupMembers { GroupMembers() }
}

extension Accounts where Self == UnknownAccounts {
  /// Accounts in which every name exists.
  package static var unknown: UnknownAccounts { UnknownAccounts() }
}
