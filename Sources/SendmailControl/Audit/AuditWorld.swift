// SPDX-License-Identifier: GPL-3.0-or-later

/// What the audit asks the machine for. Nothing here changes anything.
public struct AuditWorld: Sendable {
  /// Size and date of a file.
  public struct Details: Sendable, Equatable {
    /// Its size in bytes.
    public let size: Int
    /// When its contents were changed last.
    public let modified: CalendarTime

    /// A size and a date.
    public init(size: Int, modified: CalendarTime) {
      self.size = size
      self.modified = modified
    }
  }

  /// Who is in a group.
  public struct Members: Sendable, Equatable {
    /// The users whom the group itself lists.
    public let listed: [String]
    /// The users whose own group it is.
    public let primary: [String]

    /// These users.
    public init(listed: [String] = [], primary: [String] = []) {
      self.listed = listed
      self.primary = primary
    }
  }

  /// What `lstat` and `readlink` say of an absolute path.
  public var lookup: @Sendable (_ path: [UInt8]) -> PathLookup
  /// Size and date of the file at a path, links not followed; `nil` when they cannot be had.
  public var details: @Sendable (_ path: [UInt8]) -> Details?
  /// The names in a directory without `.` and `..`; `nil` when it cannot be read.
  public var names: @Sendable (_ directory: [UInt8]) -> [[UInt8]]?
  /// The user's name, or its number when it has none.
  public var userName: @Sendable (_ id: UInt32) -> String
  /// The group's name, or its number when it has none.
  public var groupName: @Sendable (_ id: UInt32) -> String
  /// Who is in a group.
  public var members: @Sendable (_ group: UInt32) -> Members
  /// The operating system's name: `Linux`.
  public var platform: String
  /// Whether Debian or a distribution made of it built what is installed here.
  public var isDebian: Bool

  /// A machine that answers with these functions.
  public init(
    lookup: @escaping @Sendable (_ path: [UInt8]) -> PathLookup,
    details: @escaping @Sendable (_ path: [UInt8]) -> Details? = { _ in nil },
    names: @escaping @Sendable (_ directory: [UInt8]) -> [[UInt8]]?,
    userName: @escaping @Sendable (_ id: UInt32) -> String,
    groupName: @escaping @Sendable (_ id: UInt32) -> String,
    members: @escaping @Sendable (_ group: UInt32) -> Members = { _ in Members() },
    platform: String = "Linux", isDebian: Bool = false
  ) {
    self.lookup = lookup
    self.details = details
    self.names = names
    self.userName = userName
    self.groupName = groupName
    self.members = members
    self.platform = platform
    self.isDebian = isDebian
  }
}

extension AuditWorld {
  /// What is at `path` when links are followed; a directory is all that can be found so.
  func directory(at path: [UInt8]) -> PathLookup {
    // A directory itself may be looked at by whoever may not enter it.
    if case .found(let facts) = lookup(path), facts.kind == .directory { return .found(facts) }
    return lookup(path + [ASCII.slash, ASCII.dot])
  }

  /// `user alice` or `group mail`, harmless.
  func user(_ id: UInt32) -> String { "user \(HarmlessText.make(userName(id).utf8))" }

  /// The group and, where it has any, its members: `group mail (alice, bob)`.
  func groupWithMembers(_ id: UInt32) -> String {
    let members = members(id)
    let names = (members.listed + members.primary.filter { !members.listed.contains($0) })
      .map { HarmlessText.make($0.utf8) }
    let name = "group \(HarmlessText.make(groupName(id).utf8))"
    return names.isEmpty ? name : "\(name) (\(names.joined(separator: ", ")))"
  }

  /// The name of a user as a word for a shell.
  func userWord(_ id: UInt32) -> String { ShellWord.quoted(Array(userName(id).utf8)) }

  /// The name of a group as a word for a shell.
  func groupWord(_ id: UInt32) -> String { ShellWord.quoted(Array(groupName(id).utf8)) }
}
