// SPDX-License-Identifier: Apache-2.0

/// The queue directories of a configuration, as sendmail finds them when it starts (`setup_queues` and
/// `multiqueue_cache` in its `queue.c`).
///
/// A `*` at the end of a path stands for all directories, and symbolic links to directories, whose
/// names begin with the text before the `*`.
package struct QueueDirectories: Sendable, Equatable {
  /// The state of a path that should be a directory, symbolic links followed.
  package enum State: Sendable, Equatable {
    /// A directory.
    case directory(FileFacts)
    /// No directory: the path is missing, another kind of file, too long, or a loop of links.
    case absent(PathRule)
    /// Not known, because this user may not read it or the system failed.
    case inaccessible(PathRule)
  }

  /// A queue directory.
  package struct Directory: Sendable, Equatable {
    /// The path, as sendmail makes it of the configuration, without a `/` at its end.
    package let path: [UInt8]
    /// The path below the base queue directory; `.` for the base itself.
    package let name: [UInt8]
    /// The state of the path.
    package let state: State
  }

  /// The directories of a group, or the reason why there are none.
  package enum Content: Sendable, Equatable {
    /// One path, whatever its state, or the matches of a pattern by name, none of them absent.
    /// Where a pattern has no match, but its text without the `*` exists, it is the base.
    case directories([Directory])
    /// The path is not absolute.
    case relative
    /// The path is not in the base queue directory.
    case outside
    /// The directory that the pattern searches is absent, or its names cannot be read.
    case unlisted(Directory)
    /// Nothing in this directory matches the pattern, and sendmail does not start.
    case noMatch(in: Directory)
  }

  /// A queue group.
  package struct Group: Sendable, Equatable {
    /// The name.
    package let name: [UInt8]
    /// The path as it is configured.
    package let path: [UInt8]
    /// The directories, or the reason why there are none.
    package let content: Content
    /// Names that match the pattern and are no directories. Empty for a pattern of `*` alone: queue
    /// files are expected among the queues then. The first of them in order, when there are many.
    package let skipped: [Directory]
    /// The number of such names that are not in ``skipped``.
    package let moreSkipped: Int
  }

  /// The base queue directory.
  package let base: BaseQueueDirectory
  /// The state of the base queue directory; `nil` for a relative one, whose place is not known.
  package let baseState: State?
  /// The queue groups, the default one first.
  package let groups: [Group]

  /// Finds the queue directories of `configuration` in `files`.
  package init(of configuration: SendmailConfiguration, in files: any FileView) {
    let base = configuration.baseQueueDirectory
    let search = Search(base: base, files: files)
    self.base = base
    baseState = base.path.first == ASCII.slash ? search.directory(base.path).state : nil
    groups = configuration.queueGroups.map { search.group($0) }
  }
}

extension QueueDirectories.Group {
  /// The directories; empty when there are none.
  package var directories: [QueueDirectories.Directory] {
    if case .directories(let directories) = content { directories } else { [] }
  }
}

/// The search for the directories of one group.
private struct Search {
  typealias Directory = QueueDirectories.Directory

  let base: BaseQueueDirectory
  let files: any FileView

  func group(_ group: QueueGroup) -> QueueDirectories.Group {
    let (content, skipped, more) = content(of: group.path)
    return QueueDirectories.Group(
      name: group.name, path: group.path, content: content, skipped: skipped, moreSkipped: more)
  }

  private func content(
    of path: [UInt8]
  ) -> (content: QueueDirectories.Content, skipped: [Directory], more: Int) {
    guard path.first == ASCII.slash else { return (.relative, [], 0) }
    // sendmail compares texts: `..` and symbolic links are not resolved.
    guard path == base.path || path.starts(with: base.changeDirectoryPath) else {
      return (.outside, [], 0)
    }
    guard path.last == ASCII.asterisk, let slash = path.lastIndex(of: ASCII.slash) else {
      return (.directories([directory(path)]), [], 0)
    }
    return matches(of: path[(slash + 1)...].dropLast(), after: path[...slash])
  }

  private func matches(
    of stem: ArraySlice<UInt8>, after start: ArraySlice<UInt8>
  ) -> (content: QueueDirectories.Content, skipped: [Directory], more: Int) {
    let parent = directory(Array(start))
    guard case .directory = parent.state else { return (.unlisted(parent), [], 0) }
    var found: [Directory] = []
    var others = FirstNames()
    let isRead = files.forEachEntry(in: parent.path) { name, mayBeDirectory in
      guard name.starts(with: stem), mayBeDirectory || !stem.isEmpty else { return }
      let name = name.array
      let match = directory(start + name)
      switch match.state {
      case .directory, .inaccessible: found.append(match)
      case .absent: if !stem.isEmpty { others.add(name) }
      }
    }
    guard isRead else { return (.unlisted(parent), [], 0) }
    let skipped = others.sorted.map { directory(start + $0) }
    guard found.isEmpty else {
      found.sort { $0.path.lexicographicallyPrecedes($1.path) }
      return (.directories(found), skipped, others.more)
    }
    // sendmail gives up only where the text before the `*` names nothing at all.
    let isNothing = !stem.isEmpty && isMissing(start + stem, among: skipped)
    return (
      isNothing ? .noMatch(in: parent) : .directories([directory(base.path)]), skipped, others.more
    )
  }

  /// Returns whether `path` is not among the names that were found, or is a link that leads nowhere.
  private func isMissing(_ path: ArraySlice<UInt8>, among skipped: [Directory]) -> Bool {
    guard let found = skipped.first(where: { $0.path.elementsEqual(path) }) else { return true }
    return found.state == .absent(.missing)
  }

  func directory(_ path: some Collection<UInt8>) -> Directory {
    let path = path.withoutTrailingSlashes()
    let start = base.changeDirectoryPath
    let isBelow = path != base.path && path.starts(with: start)
    let name = isBelow ? Array(path[start.count...]) : [ASCII.dot]
    return Directory(
      path: path, name: name, state: QueueDirectories.State(files.directory(at: path)))
  }
}

extension QueueDirectories.State {
  init(_ lookup: PathLookup) {
    switch lookup {
    case .found(let facts): self = .directory(facts)
    case .failed(let rule): self = rule.isAbsence ? .absent(rule) : .inaccessible(rule)
    }
  }
}

extension PathRule {
  /// True if the rule says that the path does not exist, to any user.
  fileprivate var isAbsence: Bool {
    switch self {
    case .missing, .notADirectory, .tooManyLinks, .nameTooLong: true
    default: false
    }
  }
}
