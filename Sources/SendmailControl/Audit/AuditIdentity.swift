// SPDX-License-Identifier: Apache-2.0

/// The users and groups that sendmail runs as and trusts under a configuration.
struct AuditIdentity {
  /// The path safety rules without the run-as user's supplementary groups.
  private var base: PathSafetyRules
  /// The run-as user's name, which sendmail looks up in the members of groups.
  private var name: String
  private let realUser: UInt32
  private let usesSupplementaryGroups: Bool
  private let accounts: any Accounts

  /// The identity of a daemon that runs with `configuration`.
  ///
  /// `realUser` is the user who started it; root when no daemon was found.
  init(_ configuration: SendmailConfiguration, realUser: UInt32, accounts: any Accounts) {
    let relaxations = configuration.dontBlameSendmail
    let runAs = configuration.runAsUser
    let user = runAs?.userID ?? realUser
    self.realUser = realUser
    base = PathSafetyRules(
      trustsStickyBit: relaxations.contains(.truststickybit),
      allowsGroupWritableDirectories: relaxations.contains(.groupwritabledirpathsafe),
      runAsUser: user, runAsGroup: runAs?.groupID ?? 0, trustedUser: configuration.trustedUserID,
      // An ordinary user who runs sendmail as that same user.
      isDebugging: realUser != 0 && user == realUser)
    name = accounts.userName(user)
    usesSupplementaryGroups = !configuration.doesNotInitGroups
    self.accounts = accounts
  }

  /// The rules, including those of `groups` that list the run-as user as a member.
  func rules(for groups: Set<UInt32>) -> PathSafetyRules {
    var rules = base
    if usesSupplementaryGroups {
      rules.runAsGroups = groups.filter { accounts.members(ofGroup: $0).listed.contains(name) }
    }
    return rules
  }

  /// The same daemon where it acts as the user who started it, as it does for what a file named by
  /// `-C` says.
  var asRealUser: AuditIdentity {
    var identity = self
    identity.base.isDebugging = realUser != 0 && base.runAsUser == realUser
    identity.base.runAsUser = realUser
    identity.name = accounts.userName(realUser)
    identity.base.runAsGroup =
      realUser == 0 ? 0 : accounts.user(named: Array(identity.name.utf8))?.groupID ?? 0
    return identity
  }

  /// True if the daemon has root's privileges while it reads its configuration.
  var hasRootPrivileges: Bool { realUser == 0 }

  /// The user id that sendmail runs as.
  var runAsUser: UInt32 { base.runAsUser }
  /// The group id that goes with it.
  var runAsGroup: UInt32 { base.runAsGroup }

  /// The user id that sendmail gives its control socket to.
  var creator: UInt32 { base.runAsUser != 0 ? base.runAsUser : base.trustedUser }

  /// Returns whether `user` is root, TrustedUser or RunAsUser.
  func trusts(_ user: UInt32) -> Bool { base.accepts(owner: user) }

  /// The names of the users for whom ``trusts(_:)`` is true: `root, smmta`.
  var trustedNames: String {
    var ids: [UInt32] = [0]
    for id in [base.trustedUser, base.runAsUser] where !ids.contains(id) { ids.append(id) }
    return ids.map { TerminalEscaping.escape(accounts.userName($0).utf8) }.joined(separator: ", ")
  }
}
