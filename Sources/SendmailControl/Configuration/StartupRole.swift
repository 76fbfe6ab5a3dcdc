// SPDX-License-Identifier: Apache-2.0

/// The part that a sendmail is started for, which decides what it needs of its configuration.
package enum StartupRole: Sendable, Equatable {
  /// A daemon that accepts connections.
  case daemon
  /// A queue runner that accepts none (`-q30m`).
  case queueRunner
  /// Any other program that reads the file.
  case reader
}

extension SendmailConfiguration {
  /// The part that a sendmail with this file is usually started for: the mail submission program has no daemon.
  package var usualRole: StartupRole { usesMSP ? .queueRunner : .daemon }

  /// True if sendmail goes on as root once it has read the file, for `RunAsUser` names no other user.
  var runsAsRoot: Bool {
    let user = UserName.split(setting(.runAsUser)?.value ?? []).user
    if user.isEmpty || user == Array("root".utf8) { return true }
    if UserName.isNumber(user) { return OptionValue.integer(user) == 0 }
    return accounts.user(named: user).map { $0.userID == 0 } ?? true
  }
}
