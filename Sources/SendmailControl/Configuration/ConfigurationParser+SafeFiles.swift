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
  var mapFile: SafeFile {
    var checks: SafeFile.Checks = .regular
    let relaxations = configuration.dontBlameSendmail
    if !relaxations.contains(.mapinunsafedirpath) { checks.insert(.unwritableDirectories) }
    if !relaxations.contains(.linkedmapinwritabledir) { checks.insert(.noLinkInWritableDirectory) }
    return SafeFile(identity: identity, checks: checks)
  }

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
