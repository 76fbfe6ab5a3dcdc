// SPDX-License-Identifier: GPL-3.0-or-later

/// What `lstat` and `readlink` say about one file, as far as sendmail's safety rules ask.
public struct FileFacts: Sendable, Equatable {
  /// The kinds of file that the rules tell apart.
  public enum Kind: Sendable, Equatable {
    case directory
    case regular
    case socket
    case fifo
    case device
    /// A symbolic link and the text it holds.
    case symbolicLink(target: [UInt8])
    /// A kind that no rule names.
    case other
  }

  /// What it is.
  public var kind: Kind
  /// The twelve permission bits: `rwx` three times, set-user-id, set-group-id and sticky.
  public var mode: UInt16
  /// The owner's user id.
  public var owner: UInt32
  /// The group id.
  public var group: UInt32
  /// The number of hard links.
  public var linkCount: Int

  /// The facts about one file.
  public init(kind: Kind, mode: UInt16, owner: UInt32, group: UInt32, linkCount: Int = 1) {
    self.kind = kind
    self.mode = mode & 0o7777
    self.owner = owner
    self.group = group
    self.linkCount = linkCount
  }

  /// Whether the group may write.
  public var isGroupWritable: Bool { mode & 0o020 != 0 }
  /// Whether everybody may write.
  public var isWorldWritable: Bool { mode & 0o002 != 0 }
  /// Whether the sticky bit is set.
  public var isSticky: Bool { mode & 0o1000 != 0 }
  /// Whether anybody may execute it, or search it when it is a directory.
  public var isExecutable: Bool { mode & 0o111 != 0 }
}

/// The answer to the question what is at a path.
public enum PathLookup: Sendable, Equatable {
  /// Something is there.
  case found(FileFacts)
  /// Nothing can be said of it, and this is the rule that breaks.
  case failed(PathRule)
}
