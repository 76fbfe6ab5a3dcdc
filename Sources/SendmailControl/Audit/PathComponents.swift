// SPDX-License-Identifier: Apache-2.0

/// The components of a path with their facts, as namei(1) prints them.
package struct PathComponents: Sendable, Equatable {
  /// A component.
  package struct Component: Sendable, Equatable {
    /// Its absolute path.
    package let path: [UInt8]
    /// The facts about it; `nil` when it is missing or cannot be checked.
    package let facts: FileFacts?
    /// The name of its owner, or the number if the owner has no name.
    package let owner: String
    /// The rules that it breaks.
    package internal(set) var rules: [AuditRule] = []
  }

  /// The components, from the root down.
  package internal(set) var list: [Component] = []

  /// Appends `path`, unless it is listed already.
  mutating func append(_ path: [UInt8], _ facts: FileFacts?, accounts: any Accounts) {
    guard !list.contains(where: { $0.path == path }) else { return }
    list.append(
      Component(path: path, facts: facts, owner: facts.map { accounts.userName($0.owner) } ?? ""))
  }

  /// Appends the steps of a walk.
  mutating func append(_ steps: [PathStep], accounts: any Accounts) {
    for step in steps { append(step.path, step.facts, accounts: accounts) }
  }

  /// Sets the rules that each component breaks, those of the errors and warnings about it.
  mutating func annotate(with findings: [Finding]) {
    for index in list.indices {
      list[index].rules = findings.filter { $0.path == list[index].path }.map(\.rule)
        .filter { $0.severity != .note }
    }
  }
}

extension PathComponents.Component {
  /// The kind and the mode as `ls` shows them: `drwxr-xr-x`; question marks when they are unknown.
  package var modeText: String { facts?.modeText ?? String(repeating: "?", count: 10) }

  /// The path, with `/` appended to a directory and its target appended to a symbolic link.
  package var shownPath: String {
    let text = TerminalEscaping.escape(path)
    switch facts?.kind {
    case .directory?: return path.last == ASCII.slash ? text : text + "/"
    case .symbolicLink(let target)?: return "\(text) -> \(TerminalEscaping.escape(target))"
    default: return text
    }
  }
}

extension FileFacts {
  /// The kind and the mode as `ls` shows them: `drwxr-xr-x`.
  package var modeText: String {
    var text = [kindLetter]
    for (shift, special, letter) in [(6, 0o4000, "s"), (3, 0o2000, "s"), (0, 0o1000, "t")] {
      let bits = mode >> UInt16(shift)
      let isSpecial = mode & UInt16(special) != 0
      text.append(bits & 4 != 0 ? "r" : "-")
      text.append(bits & 2 != 0 ? "w" : "-")
      switch (bits & 1 != 0, isSpecial) {
      case (true, true): text.append(letter)
      case (false, true): text.append(letter.uppercased())
      case (true, false): text.append("x")
      case (false, false): text.append("-")
      }
    }
    return text.joined()
  }

  /// The mode in octal digits: `0755`, `1777`.
  package var octalMode: String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  private var kindLetter: String {
    switch kind {
    case .directory: "d"
    case .regular: "-"
    case .socket: "s"
    case .fifo: "p"
    case .device: "c"
    case .symbolicLink: "l"
    case .other: "?"
    }
  }

  /// The kind in words: `a regular file`.
  var kindText: String {
    switch kind {
    case .directory: "a directory"
    case .regular: "a regular file"
    case .socket: "a socket"
    case .fifo: "a FIFO"
    case .device: "a device"
    case .symbolicLink: "a symbolic link"
    case .other: "a file of another kind"
    }
  }
}
