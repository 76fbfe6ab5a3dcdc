// SPDX-License-Identifier: Apache-2.0

/// The files that a daemon opens, under the options in force at the line.
extension ConfigurationParser {
  private var identity: AuditIdentity {
    AuditIdentity(
      configuration, realUser: conditions.realUser, accounts: configuration.accounts)
  }

  /// The file of an `F` line.
  var classFile: SafeFile {
    var checks: SafeFile.Checks = .regular
    let relaxations = configuration.dontBlameSendmail
    if !relaxations.contains(.classfileinunsafedirpath) { checks.insert(.unwritableDirectories) }
    if !relaxations.contains(.linkedclassfileinwritabledir) {
      checks.insert(.noLinkInWritableDirectory)
    }
    guard !conditions.isDefaultFile else {
      return SafeFile(identity: identity, checks: checks.union(.openedAsRoot))
    }
    return SafeFile(identity: identity.asRealUser, checks: checks)
  }

  /// The file of a map.
  var mapFile: SafeFile { SafeFile(identity: identity, checks: configuration.mapChecks) }

  /// The file with the password for a directory.
  var directorySecret: SafeFile {
    SafeFile(
      identity: identity, checks: [.noLinkInWritableDirectory, .unwritable, .openedAsRoot])
  }

  /// The socket of a mail filter.
  var filterSocket: SafeFile {
    SafeFile(
      identity: identity, checks: [.unwritableDirectories, .noLink, .openedAsRoot],
      access: 0o600)
  }
}

extension SendmailConfiguration {
  /// The checks of the file of a map under the options that are in force.
  var mapChecks: SafeFile.Checks {
    var checks: SafeFile.Checks = .regular
    if !dontBlameSendmail.contains(.mapinunsafedirpath) { checks.insert(.unwritableDirectories) }
    if !dontBlameSendmail.contains(.linkedmapinwritabledir) {
      checks.insert(.noLinkInWritableDirectory)
    }
    return checks
  }
}
