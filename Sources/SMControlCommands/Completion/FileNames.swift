// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The names of files and programs, for the line editor. Those that a terminal would obey are left out.
enum FileNames {
  /// The files in the directory that `typed` names, of the kind that is wanted, each after `prefix`.
  static func files(
    _ kind: Candidates, beginningWith typed: String, after prefix: String = ""
  ) -> [Candidate] {
    let slash = typed.lastIndex(of: "/")
    let directory = slash.map { String(typed[...$0]) } ?? ""
    let beginning = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    let begun = DirectoryListing.entries(of: FilePath(directory.isEmpty ? "." : directory))
      .filter { $0.name.hasPrefix(beginning) && (!$0.name.hasPrefix(".") || !beginning.isEmpty) }
      .filter { isHarmless($0.name) }
    let wanted = begun.filter { $0.kind == .directory || kind.includes($0.name, $0.kind) }
    // A configuration file may have any name.
    let isOtherwiseCalled = wanted.isEmpty && kind.isConfigurationFile
    return (isOtherwiseCalled ? begun : wanted).map { entry in
      let isDirectory = entry.kind == .directory
      let name = entry.name + (isDirectory ? "/" : "")
      return Candidate(prefix + directory + name, label: name, isWhole: !isDirectory)
    }
  }

  /// The programs that begin with `typed`: those of `PATH`, or files where it has a slash.
  static func programs(beginningWith typed: String) -> [Candidate] {
    guard !typed.contains("/") else { return files(.file, beginningWith: typed) }
    // Every program there is would be no help.
    guard !typed.isEmpty else { return [] }
    return DirectoryListing.programs().filter { $0.hasPrefix(typed) && isHarmless($0) }
      .map { Candidate($0) }
  }

  private static func isHarmless(_ name: String) -> Bool {
    TerminalEscaping.escape(name.utf8) == name
  }
}

extension Candidates {
  fileprivate var isConfigurationFile: Bool {
    if case .configurationFile = self { true } else { false }
  }

  /// Returns whether a file that is no directory is one of these.
  fileprivate func includes(_ name: String, _ kind: DirectoryListing.Kind) -> Bool {
    switch self {
    case .socket: kind == .socket
    case .configurationFile: name.hasSuffix(".cf")
    default: true
    }
  }
}
