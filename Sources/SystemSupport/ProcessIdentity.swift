// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The users and groups of a process.
package struct ProcessIdentity: Sendable, Equatable {
  /// The real user id.
  package let realUser: UInt32
  /// The effective user id.
  package let effectiveUser: UInt32
  /// The real group id.
  package let realGroup: UInt32
  /// The effective group id.
  package let effectiveGroup: UInt32
  /// The supplementary groups, in the kernel's order (`getgroups(2)`).
  package let groups: [UInt32]

  /// Those of this process.
  package static var current: ProcessIdentity {
    var groups = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
    let count = unsafe getgroups(CInt(groups.count), &groups)
    return ProcessIdentity(
      realUser: getuid(), effectiveUser: geteuid(), realGroup: getgid(),
      effectiveGroup: getegid(), groups: Array(groups.prefix(Int(max(0, count)))))
  }
}
