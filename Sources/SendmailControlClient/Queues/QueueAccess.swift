// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl

/// The permission to see a queue where `PrivacyOptions` has `restrictmailq`: root has it, and members of
/// the group of the queue directory (`print_single_queue` in sendmail's `queue.c`).
struct QueueAccess {
  private let isRoot: Bool
  private let groups: Set<gid_t>

  /// Returns the permission of this process, by its real user and groups.
  static func current() -> QueueAccess {
    let count = max(0, getgroups(0, nil))
    var groups = [gid_t](repeating: 0, count: Int(count))
    let filled = max(0, unsafe getgroups(count, &groups))
    return QueueAccess(
      isRoot: getuid() == 0, groups: Set(groups.prefix(Int(filled)) + [getgid()]))
  }

  /// Returns the reason why a queue directory of `group` may not be seen; `nil` when it may.
  func refusal(group: gid_t) -> String? {
    guard !isRoot, !groups.contains(group) else { return nil }
    return """
      you are not permitted to see the queue: PrivacyOptions has restrictmailq, and you \
      (\(LiveAccounts.whoami)) are neither root nor in the directory's group, \
      \(LiveAccounts().groupName(group))
      """
  }
}
