// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
internal import SystemSupport

/// The rules by which the path of the control socket is judged before the socket is made and before it
/// is removed.
public struct PathRules: Sendable, Equatable {
  /// The rules; `nil` for none.
  package var safety: PathSafetyRules?

  /// No rules: any directory will do. Only a socket is replaced.
  public static let off = PathRules(safety: nil)

  /// sendmail's rules for a daemon that runs as this process does: strict for root; for an ordinary user
  /// those of a daemon under debugging, which may live in `/tmp`. As by sendmail, a regular file at the
  /// path is replaced.
  public static var sendmail: PathRules { .ofThisProcess() }

  /// sendmail's rules with `DontBlameSendmail=TrustStickyBit`: a directory such as `/tmp` may be in the
  /// path.
  public static var sendmailTrustingStickyBit: PathRules { .ofThisProcess(trustsStickyBit: true) }

  /// Rules of sendmail's that are set one by one.
  package static func checked(by safety: PathSafetyRules) -> PathRules {
    PathRules(safety: safety)
  }

  /// sendmail's rules for a daemon that runs as this process does.
  package static func ofThisProcess(
    trustsStickyBit: Bool = false, allowsGroupWritableDirectories: Bool = false,
    trustedUser: UInt32 = 0
  ) -> PathRules {
    let identity = ProcessIdentity.current
    return .checked(
      by: PathSafetyRules(
        trustsStickyBit: trustsStickyBit,
        allowsGroupWritableDirectories: allowsGroupWritableDirectories,
        runAsUser: identity.effectiveUser, runAsGroup: identity.effectiveGroup,
        runAsGroups: Set(identity.groups), trustedUser: trustedUser,
        isDebugging: identity.effectiveUser != 0))
  }
}
