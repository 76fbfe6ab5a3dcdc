// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SendmailControl
internal import SystemPackage
package import SystemSupport

/// A signal ended a scan of queue directories (SIGINT, SIGTERM or SIGHUP).
package struct QueueScanInterrupted: Error, Sendable {
  /// The interruption.
  package init() {}
}

/// A scanner of all queue directories of configurations.
package struct QueueScanner {
  /// The time by which ages are counted, in seconds since 1970.
  package let now: Int
  /// The counts of the control files' contents; `nil` when they are not read.
  package private(set) var contents: QueueContents?

  private let interruption: Interruption?
  private let deadline: Deadline?
  private let report: (QueueProgress) -> Void
  private let access = QueueAccess.current()
  private var progress = QueueProgress()
  private var seen: Set<LockedFile> = []

  /// A scanner that has not begun.
  ///
  /// - Parameters:
  ///   - readsContents: whether to read control files.
  ///   - interruption: the signals that end the scan.
  ///   - deadline: the moment from which no directory is counted any more; `nil` for a scan without one.
  ///   - report: a function that is called with the progress from time to time.
  package init(
    readsContents: Bool, interruption: Interruption?, deadline: Deadline? = nil,
    report: @escaping (QueueProgress) -> Void = { _ in }
  ) {
    now = WallClock.now
    contents = readsContents ? QueueContents() : nil
    self.interruption = interruption
    self.deadline = deadline
    self.report = report
  }

  /// Scans the queue directories of `resolved`, which `directories` lists.
  ///
  /// `lockKind` is the kind of lock of the daemon that runs with it; `nil` when it is not known.
  ///
  /// - Throws: ``QueueScanInterrupted``. A directory that cannot be read is no error: the result has a
  ///   problem for it.
  package mutating func scan(
    _ resolved: ResolvedConfiguration, directories: QueueDirectories, lockKind: LockKind? = nil
  ) throws(QueueScanInterrupted) -> QueueReport.Queues {
    let configuration = resolved.configuration
    let file = Array(configuration.file.utf8)
    var queues = QueueReport.Queues(file: file, base: resolved.baseQueueDirectory.bytes)
    for group in directories.groups {
      if let problem = Self.problem(of: group, file: file), !queues.problems.contains(problem) {
        queues.problems.append(problem)
      }
    }
    let all = directories.groups.flatMap(\.directories)
    progress.allDirectories += all.count
    let rules = QueueRunRules(
      configuration, directories: Set(all.map(\.name)),
      load: contents == nil ? nil : MachineLoad.average)
    let isRestricted = configuration.privacyOptions.contains(.restrictmailq)
    let messageParts = MessageParts(all.map(\.path))
    for group in directories.groups {
      var scanned: [QueueReport.Directory] = []
      for directory in group.directories {
        let result = try scan(
          directory, isRestricted: isRestricted, messageParts, rules,
          lockKind)
        scanned.append(result)
        progress.directories += 1
        report(progress)
      }
      queues.groups.append(QueueReport.Group(name: group.name, directories: scanned))
    }
    return queues
  }

  /// The reason why a group has no directories, or `nil` when it has some.
  private static func problem(
    of group: QueueDirectories.Group, file: [UInt8]
  ) -> QueueReport.Problem? {
    switch group.content {
    case .directories: return nil
    case .unlisted(let directory):
      var failure = Errno.noSuchFileOrDirectory
      do { _ = try OpenDirectory(FilePath(bytes: directory.path)) } catch { failure = error }
      return QueueReport.Problem(failed: "open", failure, path: directory.path)
    case .relative, .outside, .noMatch:
      return QueueReport.Problem(
        .notThere,
        """
        \(TerminalEscaping.escape(file)): queue group \(TerminalEscaping.escape(group.name)): \
        \(TerminalEscaping.escape(group.path)) names no queue directory; \
        sendmail does not start without one, which must be absolute and not outside of \
        QueueDirectory
        """)
    }
  }

  /// The group whose members may list a directory and search it; `nil` when there is none.
  private static func readingGroup(_ state: QueueDirectories.State) -> String? {
    guard case .directory(let facts) = state, facts.mode & 0o050 == 0o050 else { return nil }
    return LiveAccounts().groupName(facts.group)
  }

  private mutating func scan(
    _ directory: QueueDirectories.Directory, isRestricted: Bool,
    _ messageParts: MessageParts, _ rules: QueueRunRules, _ lockKind: LockKind?
  ) throws(QueueScanInterrupted) -> QueueReport.Directory {
    let path = directory.path
    var result = QueueReport.Directory(path: path, name: directory.name)
    let parts: QueueParts
    let facts: stat
    do {
      parts = try QueueParts(FilePath(bytes: path))
      facts = try parts.main.facts()
    } catch {
      result.problems = [QueueReport.Problem(failed: "open", error, path: path)]
      if error == .permissionDenied { result.readingGroup = Self.readingGroup(directory.state) }
      return result
    }
    let device = UInt64(facts.st_dev)
    result.isRepeated =
      !seen.insert(LockedFile(device: DeviceNumber(device), inode: UInt64(facts.st_ino))).inserted
    result.fileSystem = device
    let system = FileSystemInfo(of: FilePath(bytes: path))
    result.freeSpace = system?.freeSpace
    result.isReadOnly = system?.isReadOnly
    result.freeInodes = system?.freeInodes
    result.obstacle = system?.obstacle
    if isRestricted, let refusal = access.refusal(group: facts.st_gid) {
      result.problems = [
        QueueReport.Problem(.noPermission, "\(TerminalEscaping.escape(path)): \(refusal)")
      ]
      result.readingGroup = Self.readingGroup(directory.state)
      return result
    }
    // A repeated directory is counted again for its group, but its contents only once. The contents
    // are taken, not copied.
    let unread = result.isRepeated ? nil : contents.take()
    var progress = progress
    var isLate = false
    var scan = QueueDirectoryScan(
      path: path, now: now, locks: QueueLocks(device: device, ownKind: lockKind), rules: rules,
      contents: unread
    ) { [interruption, deadline, report] (entries) throws(QueueScanInterrupted) in
      isLate = deadline?.hasPassed == true
      guard !isLate, interruption?.hasHappened != true else { throw QueueScanInterrupted() }
      progress.entries += entries
      report(progress)
    }
    do throws(QueueScanInterrupted) {
      try scan.run(parts, among: messageParts.searching(path))
    } catch {
      guard isLate, interruption?.hasHappened != true else { throw error }
      if let read = scan.contents { contents = read }
      result.problems = [
        QueueReport.Problem(.notInTime, "\(TerminalEscaping.escape(path)): not counted in time")
      ]
      return result
    }
    self.progress = progress
    if let read = scan.contents { contents = read }
    result.counts = scan.counts
    result.problems = scan.errors.problems
    return result
  }
}
