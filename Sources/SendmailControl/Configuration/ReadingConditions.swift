// SPDX-License-Identifier: Apache-2.0

/// The conditions under which a daemon reads its configuration: they decide what becomes of the
/// files and maps that lines name.
package struct ReadingConditions: Sendable {
  /// The files of the machine; `nil` when they are not known, and then no message is about a file.
  package var files: (any FileView)?
  /// The user who starts the daemon.
  package var realUser: UInt32
  /// True if the file is the one that sendmail reads when none is named. With any other sendmail
  /// opens the files of `F` lines as the user who starts it.
  package var isDefaultFile: Bool
  /// The sendmail that reads it.
  package var build: SendmailBuild
  /// Returns true to go on reading; it is asked every few lines: a file may be large, and its reader in a
  /// hurry. What has been read by then is of no use.
  package var goesOn: @Sendable () -> Bool

  /// These conditions. By default root starts Debian's sendmail, and files are not known.
  package init(
    files: (any FileView)? = nil, realUser: UInt32 = 0, isDefaultFile: Bool = true,
    build: SendmailBuild = .debian, goesOn: @escaping @Sendable () -> Bool = { true }
  ) {
    self.files = files
    self.realUser = realUser
    self.isDefaultFile = isDefaultFile
    self.build = build
    self.goesOn = goesOn
  }
}
