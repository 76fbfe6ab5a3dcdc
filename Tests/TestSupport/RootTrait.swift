// SPDX-License-Identifier: GPL-3.0-or-later

public import Testing

extension Trait where Self == ConditionTrait {
  /// For tests that give files to other users: skipped, with a printed reason, for all but root.
  public static var needsRoot: Self {
    .enabled("only root can give files to other users") {
      if !SystemUser.isRoot {
        SkipNotice.print("Tests that give files to other users are skipped: run them as root")
      }
      return SystemUser.isRoot
    }
  }
}
