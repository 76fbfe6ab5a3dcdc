// SPDX-License-Identifier: GPL-3.0-or-later

/// Whom sendmail is, and whom it trusts, by a configuration.
struct AuditIdentity {
  /// The rules of path safety, without the groups that the run-as user is in.
  private let base: PathSafetyRules
  /// The run-as user's name, by which sendmail looks for it in groups.
  private let name: String
  private let heedsGroups: Bool
  private let world: AuditWorld

  /// Whom a daemon is that runs with `configuration`.
  ///
  /// - Parameter realUser: who has started it; root, when no daemon was seen.
  init(_ configuration: SendmailConfiguration, realUser: UInt32, in world: AuditWorld) {
    let forgiven = configuration.dontBlameSendmail
    let runAs = configuration.runAsUser
    let user = runAs?.userID ?? realUser
    base = PathSafetyRules(
      trustsStickyBit: forgiven.contains(.truststickybit),
      allowsGroupWritableDirectories: forgiven.contains(.groupwritabledirpathsafe),
      runAsUser: user, runAsGroup: runAs?.groupID ?? 0, trustedUser: configuration.trustedUserID,
      // An ordinary user that runs sendmail for itself.
      isDebugging: realUser != 0 && user == realUser)
    name = world.userName(user)
    heedsGroups = !configuration.doesNotInitGroups
    self.world = world
  }

  /// The rules, with those of `groups` in them that the run-as user is a member of.
  func rules(for groups: Set<UInt32>) -> PathSafetyRules {
    var rules = base
    if heedsGroups { rules.runAsGroups = groups.filter { world.members($0).listed.contains(name) } }
    return rules
  }

  /// The user id sendmail works as.
  var runAsUser: UInt32 { base.runAsUser }
  /// The group id that goes with it.
  var runAsGroup: UInt32 { base.runAsGroup }

  /// Whom sendmail gives its control socket to.
  var creator: UInt32 { base.runAsUser != 0 ? base.runAsUser : base.trustedUser }

  /// Whether `user` is root, TrustedUser or RunAsUser.
  func trusts(_ user: UInt32) -> Bool { base.accepts(owner: user) }

  /// Those whom ``trusts(_:)`` is true of: `root, smmta`.
  var trustedNames: String {
    var ids: [UInt32] = [0]
    for id in [base.trustedUser, base.runAsUser] where !ids.contains(id) { ids.append(id) }
    return ids.map { HarmlessText.make(world.userName($0).utf8) }.joined(separator: ", ")
  }
}
