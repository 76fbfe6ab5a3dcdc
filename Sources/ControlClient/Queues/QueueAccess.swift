// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl

/// Who may see a queue where `PrivacyOptions` has `restrictmailq`: root, and the group of the queue
/// directory (`print_single_queue` in sendmail's `queue.c`).
struct QueueAccess {
  private let isRoot: Bool
  private let groups: Set<gid_t>

  /// The rights of whoever runs this program, by the real user and groups.
  static func current() -> QueueAccess {
    let count = max(0, getgroups(0, nil))
    var groups = [gid_t](repeating: 0, count: Int(count))
    let filled = max(0, unsafe getgroups(count, &groups))
    return QueueAccess(
      isRoot: getuid() == 0, groups: Set(groups.prefix(Int(filled)) + [getgid()]))
  }

  /// Why a queue directory of `group` may not be seen, or `nil` when it may.
  func refusal(group: gid_t) -> String? {
    guard !isRoot, !groups.contains(group) else { return nil }
    return """
      you are not permitted to see the queue: PrivacyOptions has restrictmailq, and you \
      (\(LiveAccounts.whoami)) are neither root nor in the directory's group, \
      \(LiveAccounts().groupName(group))
      """
  }
}
