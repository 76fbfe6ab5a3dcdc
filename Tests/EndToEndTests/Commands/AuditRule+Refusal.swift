// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

extension AuditRule {
  /// True if sendmail refuses a path that breaks the rule, and runs without a control socket.
  var isRefusal: Bool { Self.refusals.contains(self) }

  private static let refusals: Set<AuditRule> = [
    .socketPathTooLong, .socketDirectoryWorldWritable, .socketDirectoryGroupWritable,
    .socketDirectoryMissing, .socketNotADirectory, .socketLinkLoop, .socketDirectoryRefuses,
    .socketSymbolicLink, .socketHardLinks, .socketExecutable, .socketForeignOwner,
    .socketFileRefused,
  ]
}
