// SPDX-License-Identifier: Apache-2.0

/// The daemon's users and the relaxed rules of its configuration that path safety depends on.
package struct PathSafetyRules: Sendable, Equatable {
  /// `DontBlameSendmail=TrustStickyBit`: a sticky directory may be writable.
  package var trustsStickyBit: Bool
  /// `DontBlameSendmail=GroupWritableDirPathSafe`: a directory may be writable by its group.
  package var allowsGroupWritableDirectories: Bool
  /// The user id of `RunAsUser`; 0 when it is not set.
  package var runAsUser: UInt32
  /// The group id that goes with it.
  package var runAsGroup: UInt32
  /// The other groups that the run-as user is a member of.
  package var runAsGroups: Set<UInt32>
  /// The user id of `TrustedUser`; 0 when it is not set.
  package var trustedUser: UInt32
  /// True if the daemon was started by an ordinary user that is also its run-as user. sendmail
  /// considers that debugging and does not check whether the directories are writable.
  package var isDebugging: Bool
  /// True if writable directories do not matter for the file in question.
  var ignoresWritability = false
  /// True if the run-as user must be able to search the directories. It need not where sendmail
  /// opens files as root, and without root's privileges only the system decides.
  var checksSearch = false

  /// The rules with these members. The defaults are those of a daemon that root started without
  /// options.
  package init(
    trustsStickyBit: Bool = false, allowsGroupWritableDirectories: Bool = false,
    runAsUser: UInt32 = 0, runAsGroup: UInt32 = 0, runAsGroups: Set<UInt32> = [],
    trustedUser: UInt32 = 0, isDebugging: Bool = false
  ) {
    self.trustsStickyBit = trustsStickyBit
    self.allowsGroupWritableDirectories = allowsGroupWritableDirectories
    self.runAsUser = runAsUser
    self.runAsGroup = runAsGroup
    self.runAsGroups = runAsGroups
    self.trustedUser = trustedUser
    self.isDebugging = isDebugging
  }

  /// Returns the rule that the directory `facts` breaks, or `nil`.
  func ruleBroken(byDirectory facts: FileFacts) -> PathRule? {
    if !ignoresWritability, let rule = writableRule(facts) { return rule }
    guard checksSearch else { return nil }
    let isOwn = facts.owner == runAsUser && facts.mode & 0o100 != 0
    let isOwnGroup = facts.group == runAsGroup || runAsGroups.contains(facts.group)
    return isOwn || (isOwnGroup && facts.mode & 0o010 != 0) || facts.mode & 0o001 != 0
      ? nil : .notPermitted
  }

  /// Returns the rule that the directory `facts` breaks by being writable, or `nil`.
  func writableRule(_ facts: FileFacts) -> PathRule? {
    if isDebugging || (trustsStickyBit && facts.isSticky) { return nil }
    if facts.isWorldWritable { return .worldWritableDirectory }
    if facts.isGroupWritable && !allowsGroupWritableDirectories { return .groupWritableDirectory }
    return nil
  }

  /// Returns whether the mode bits of `facts` grant the run-as user all of `wanted`, given as owner
  /// bits.
  ///
  /// The decision depends on the bits alone, as in sendmail: root has no privilege here.
  func grants(_ wanted: UInt16, of facts: FileFacts) -> Bool {
    let bits: UInt16
    if facts.owner == runAsUser || (runAsUser == 0 && facts.owner == trustedUser) {
      bits = wanted
    } else if facts.group == runAsGroup || runAsGroups.contains(facts.group) {
      bits = wanted >> 3
    } else {
      bits = wanted >> 6
    }
    return facts.mode & bits == bits
  }

  /// Returns whether a file of this owner may stand at the path: the run-as user, root or `TrustedUser`.
  func accepts(owner: UInt32) -> Bool {
    owner == runAsUser || owner == 0 || owner == trustedUser
  }
}
