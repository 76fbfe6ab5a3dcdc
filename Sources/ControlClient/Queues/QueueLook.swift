// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
public import SendmailControl
internal import SystemPackage

/// A look at all queue directories of configurations.
public struct QueueLook {
  /// The time by which ages are counted, in seconds since 1970.
  public let now: Int
  /// What the control files of waiting messages say; `nil` when they are left closed.
  public private(set) var contents: QueueContents?

  private let interruption: Interruption?
  private let report: (QueueProgress) -> Void
  private let access = QueueAccess.current()
  private var progress = QueueProgress()
  private var seen: Set<LockedFile> = []

  /// A look that has not begun.
  ///
  /// - Parameters:
  ///   - readsContents: whether to read control files.
  ///   - interruption: ends it early when the user asks for it.
  ///   - report: is told now and then how far it has come.
  public init(
    readsContents: Bool, interruption: Interruption?,
    report: @escaping (QueueProgress) -> Void = { _ in }
  ) {
    var clock = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &clock)
    now = clock.tv_sec
    contents = readsContents ? QueueContents() : nil
    self.interruption = interruption
    self.report = report
  }

  /// Looks at all queue directories of `resolved`, which `directories` lists.
  ///
  /// - Parameter each: is told of each directory as soon as it has been counted, with its group.
  /// - Throws: ``QueueLookInterrupted``, or what `each` throws; that something cannot be looked at is
  ///   said in the problems of what is returned.
  public mutating func look(
    at resolved: ResolvedConfiguration, directories: QueueDirectories,
    each: (QueueOverview.Directory, _ group: [UInt8]) throws -> Void = { _, _ in }
  ) throws -> QueueOverview.Queues {
    let configuration = resolved.configuration
    let file = Array(configuration.file.utf8)
    var queues = QueueOverview.Queues(file: file, base: resolved.baseQueueDirectory)
    for group in directories.groups {
      if let problem = Self.problem(of: group, file: file), !queues.problems.contains(problem) {
        queues.problems.append(problem)
      }
    }
    let places = directories.groups.flatMap(\.directories)
    progress.allDirectories += places.count
    let isRestricted = configuration.privacyOptions.contains(.restrictmailq)
    let controlDirectories = places.map { Self.controlDirectory(of: $0.path) }
    for group in directories.groups {
      var found: [QueueOverview.Directory] = []
      for place in group.directories {
        let directory = try look(
          at: place, isRestricted: isRestricted, controlDirectories: controlDirectories)
        found.append(directory)
        progress.directories += 1
        report(progress)
        try each(directory, group.name)
      }
      queues.groups.append(QueueOverview.Group(name: group.name, directories: found))
    }
    return queues
  }

  /// The reason why a group has no directories, or `nil` when it has some.
  private static func problem(
    of group: QueueDirectories.Group, file: [UInt8]
  ) -> QueueOverview.Problem? {
    switch group.content {
    case .directories: return nil
    case .unlisted(let directory):
      var failure = Errno.noSuchFileOrDirectory
      do { _ = try OpenDirectory(FilePath(bytes: directory.path)) } catch { failure = error }
      return QueueOverview.Problem(failed: "open", failure, path: directory.path)
    case .relative, .outside, .noMatch:
      return QueueOverview.Problem(
        .notThere,
        """
        \(HarmlessText.make(file)): queue group \(HarmlessText.make(group.name)): \
        \(HarmlessText.make(group.path)) names no queue directory; \
        sendmail does not start without one, which must be absolute and not outside of \
        QueueDirectory
        """)
    }
  }

  /// Where the control files of a queue directory are: in `qf` where there is one.
  private static func controlDirectory(of path: [UInt8]) -> FilePath {
    let path = FilePath(bytes: path)
    let inner = path.appending("qf")
    return (try? inner.stat().type) == .directory ? inner : path
  }

  private mutating func look(
    at place: QueueDirectories.Directory, isRestricted: Bool, controlDirectories: [FilePath]
  ) throws(QueueLookInterrupted) -> QueueOverview.Directory {
    var directory = QueueOverview.Directory(path: place.path, name: place.name)
    let parts: QueueParts
    let facts: stat
    do {
      parts = try QueueParts(FilePath(bytes: place.path))
      facts = try parts.main.facts()
    } catch {
      directory.problems = [QueueOverview.Problem(failed: "open", error, path: place.path)]
      return directory
    }
    directory.isRepeated =
      !seen.insert(
        LockedFile(device: DeviceNumber(UInt64(facts.st_dev)), inode: UInt64(facts.st_ino))
      ).inserted
    directory.fileSystem = UInt64(facts.st_dev)
    directory.freeSpace = FileSystemInfo(of: FilePath(bytes: place.path))?.freeSpace
    if isRestricted, let refusal = access.refusal(group: facts.st_gid) {
      directory.problems = [
        QueueOverview.Problem(.noPermission, "\(HarmlessText.make(place.path)): \(refusal)")
      ]
      return directory
    }
    let locks = QueueLocks(device: UInt64(facts.st_dev))
    // What a group before this one has counted is counted again, but read once. Taken, not copied.
    let unread = directory.isRepeated ? nil : contents.take()
    var progress = progress
    var walk = QueueDirectoryWalk(
      path: place.path, now: now, locks: locks, contents: unread
    ) { [interruption, report] (entries) throws(QueueLookInterrupted) in
      guard interruption?.hasHappened != true else { throw QueueLookInterrupted() }
      progress.entries += entries
      report(progress)
    }
    // Where it is most likely first.
    let own = Self.controlDirectory(of: place.path)
    let candidates = [own] + controlDirectories.filter { $0 != own }
    try walk.run(parts) { Self.hasControl($0, in: candidates) }
    self.progress = progress
    if let read = walk.contents { contents = read }
    directory.survey = walk.survey
    directory.problems = walk.troubles.problems
    return directory
  }

  /// Whether any of `directories` has a control file for the body called `name`; true
  /// when that cannot be seen.
  private static func hasControl(
    _ name: [UInt8], in directories: [FilePath]
  ) -> Bool {
    return directories.contains { directory in
      var path = (directory.bytes + [ASCII.slash] + name + [0]).map { CChar(bitPattern: $0) }
      let letter = path.count - 1 - name.count
      return QueueFileKind.controlLetters.contains { kind in
        path[letter] = CChar(kind)
        var facts = stat()
        return unsafe fstatat(AT_FDCWD, path, &facts, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT
      }
    }
  }
}
