// SPDX-License-Identifier: Apache-2.0

extension Accounts {
  /// `user alice`, escaped for a terminal.
  func user(_ id: UInt32) -> String { "user \(TerminalEscaping.escape(userName(id).utf8))" }

  /// The group and, where it has any, its members: `group mail (alice, bob)`.
  func groupWithMembers(_ id: UInt32) -> String {
    let members = members(ofGroup: id)
    let names = (members.listed + members.primary.filter { !members.listed.contains($0) })
      .map { TerminalEscaping.escape($0.utf8) }
    let name = "group \(TerminalEscaping.escape(groupName(id).utf8))"
    return names.isEmpty ? name : "\(name) (\(names.joined(separator: ", ")))"
  }

  /// The name of a user as a word for a shell.
  func userWord(_ id: UInt32) -> String { ShellWord.quoted(Array(userName(id).utf8)) }

  /// The name of a group as a word for a shell.
  func groupWord(_ id: UInt32) -> String { ShellWord.quoted(Array(groupName(id).utf8)) }
}
