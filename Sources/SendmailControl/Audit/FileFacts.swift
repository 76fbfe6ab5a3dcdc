// SPDX-License-Identifier: Apache-2.0

/// The facts about one file that sendmail's safety rules need, from `lstat` and `readlink`.
package struct FileFacts: Sendable, Equatable {
  /// The kinds of file that the rules distinguish.
  package enum Kind: Sendable, Equatable {
    case directory
    case regular
    case socket
    case fifo
    case device
    /// A symbolic link and the text it holds.
    case symbolicLink(target: [UInt8])
    /// A kind that no rule mentions.
    case other
  }

  /// The kind of file.
  package var kind: Kind
  /// The twelve permission bits: `rwx` three times, set-user-id, set-group-id and sticky.
  package var mode: UInt16
  /// The owner's user id.
  package var owner: UInt32
  /// The group id.
  package var group: UInt32
  /// The number of hard links.
  package var linkCount: Int

  /// The facts about one file.
  package init(kind: Kind, mode: UInt16, owner: UInt32, group: UInt32, linkCount: Int = 1) {
    self.kind = kind
    self.mode = mode & 0o7777
    self.owner = owner
    self.group = group
    self.linkCount = linkCount
  }

  /// True if the group may write.
  package var isGroupWritable: Bool { mode & 0o020 != 0 }
  /// True if all users may write.
  package var isWorldWritable: Bool { mode & 0o002 != 0 }
  /// True if the sticky bit is set.
  package var isSticky: Bool { mode & 0o1000 != 0 }
  /// True if any user may execute it, or search it when it is a directory.
  package var isExecutable: Bool { mode & 0o111 != 0 }
}

/// The result of looking up a path.
package enum PathLookup: Sendable, Equatable {
  /// The path exists.
  case found(FileFacts)
  /// The look-up failed, and the path breaks this rule.
  case failed(PathRule)
}
