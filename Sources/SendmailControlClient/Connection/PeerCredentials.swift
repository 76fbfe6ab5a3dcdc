// SPDX-License-Identifier: GPL-3.0-or-later

/// Who listens on a socket, as the kernel knows it (`SO_PEERCRED`): the process that called
/// `listen(2)`, which is sendmail's daemon itself and not the child that answers.
public struct PeerCredentials: Sendable, Equatable {
  /// The process id.
  public let processID: Int32
  /// Its effective user id when it began to listen.
  public let userID: UInt32
  /// Its effective group id when it began to listen.
  public let groupID: UInt32
}
