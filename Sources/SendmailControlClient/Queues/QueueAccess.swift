// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
internal import SystemSupport

/// The permission to see a queue where `PrivacyOptions` has `restrictmailq`: root has it, and members of
/// the group of the queue directory (`print_single_queue` in sendmail's `queue.c`).
struct QueueAccess {
  private let isRoot: Bool
  private let groups: Set<UInt32>

  /// Returns the permission of this process, by its real user and groups.
  static func current() -> QueueAccess {
    let process = ProcessIdentity.current
    return QueueAccess(
      isRoot: process.realUser == 0, groups: Set(process.groups + [process.realGroup]))
  }

  /// Returns the reason why a queue directory of `group` may not be seen; `nil` when it may.
  func refusal(group: UInt32) -> String? {
    guard !isRoot, !groups.contains(group) else { return nil }
    return """
      you are not permitted to see the queue: PrivacyOptions has restrictmailq, and you \
      (\(LiveAccounts.whoami)) are neither root nor in the directory's group, \
      \(LiveAccounts().groupName(group))
      """
  }
}
