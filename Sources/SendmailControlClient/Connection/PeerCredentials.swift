// SPDX-License-Identifier: Apache-2.0

/// The process that listens on a socket, as the kernel knows it (`SO_PEERCRED`): the process that called
/// `listen(2)`, which is sendmail's daemon itself and not the child that answers.
public struct PeerCredentials: Sendable, Hashable {
  /// The process ID.
  public let processID: Int32
  /// The effective user ID when the process began to listen.
  public let userID: UInt32
  /// The effective group ID when the process began to listen.
  public let groupID: UInt32

  /// The credentials of a process.
  public init(processID: Int32, userID: UInt32 = 0, groupID: UInt32 = 0) {
    self.processID = processID
    self.userID = userID
    self.groupID = groupID
  }
}
