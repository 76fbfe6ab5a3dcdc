// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// A scan of one queue directory, in constant memory for any number of files.
///
/// No lock is taken, and nothing is opened but directories and, where their contents are wanted, control
/// files. The type of a file comes from the directory, and its time from the message's id, so that only
/// bodies need a system call each.
struct QueueDirectoryScan {
  /// The counts.
  private(set) var counts = QueueCounts()
  /// The calls that failed.
  private(set) var errors = ScanErrors()
  /// The counts of the control files' contents; `nil` when they are not read.
  private(set) var contents: QueueContents?

  private let path: [UInt8]
  private let now: Int
  private let locks: QueueLocks?
  private let rules: QueueRunRules
  private let tick: (Int) throws(QueueScanInterrupted) -> Void
  private var detector = OrphanDetector()
  private let reader = ControlFileReader()
  /// The directory of the bodies; `nil` before the scan begins.
  private var data: OpenDirectory?

  /// A scan that has not begun.
  ///
  /// - Parameters:
  ///   - path: the queue directory, for messages.
  ///   - now: the time now, in seconds since 1970.
  ///   - locks: the locks that are held now, or `nil` when they cannot be seen.
  ///   - rules: the rules of a queue run.
  ///   - contents: the counts to add the contents of control files to; `nil` to leave the files closed.
  ///   - tick: a function that is called from time to time with the number of new entries.
  init(
    path: [UInt8], now: Int, locks: QueueLocks?, rules: QueueRunRules, contents: QueueContents?,
    tick: @escaping (Int) throws(QueueScanInterrupted) -> Void
  ) {
    self.path = path
    self.now = now
    self.locks = locks
    self.rules = rules
    self.contents = contents
    self.contents?.rules = rules
    self.tick = tick
    if locks == nil { (counts.locked, counts.lockedOtherwise) = (nil, nil) }
  }

  /// The files of a directory that belong to the queue.
  private struct Role {
    let hasControl: Bool
    let hasData: Bool
  }

  /// Counts everything.
  ///
  /// `queues` are all queue directories: the body of a message may be in another one.
  ///
  /// - Throws: ``QueueScanInterrupted``. Every other failure is in ``errors``.
  mutating func run(
    _ parts: QueueParts, among queues: MessageParts
  ) throws(QueueScanInterrupted) {
    data = parts.data ?? parts.main
    try readEntries(
      of: parts.main, Role(hasControl: parts.control == nil, hasData: parts.data == nil))
    if let control = parts.control {
      try readEntries(of: control, Role(hasControl: true, hasData: false))
    }
    if let data = parts.data { try readEntries(of: data, Role(hasControl: false, hasData: true)) }
    try findIncomplete(parts, queues)
  }

  /// The number of entries between two ticks.
  private static let tickLength = 1024

  private mutating func readEntries(
    of directory: OpenDirectory, _ role: Role
  ) throws(QueueScanInterrupted) {
    let facts: stat
    do {
      facts = try directory.facts()
    } catch {
      return errors.add("fstat", error, path)
    }
    var seen = 0
    do {
      unsafe try directory.forEachEntry { entry in
        seen += 1
        if seen % Self.tickLength == 0 { try tick(Self.tickLength) }
        unsafe try take(entry, in: directory, facts, role)
      }
      try tick(seen % Self.tickLength)
    } catch let interrupted as QueueScanInterrupted {
      throw interrupted
    } catch {
      errors.add("readdir", error as? Errno ?? .ioError, path)
    }
  }

  private mutating func take(
    _ entry: DirectoryEntry, in directory: OpenDirectory, _ directoryFacts: stat, _ role: Role
  ) throws(QueueScanInterrupted) {
    // Directories are no queue files, including the queue's own subdirectories.
    guard unsafe !entry.isDirectory else { return }
    let kind = unsafe QueueFileKind(name: entry.bytes.span)
    switch kind {
    case .control, .quarantined, .lost:
      guard role.hasControl else { return unsafe takeOther(entry, in: directory) }
      unsafe try takeControl(kind, entry, in: directory, directoryFacts)
    case .temporary, .failedRename:
      guard role.hasControl else { return unsafe takeOther(entry, in: directory) }
      unsafe detector.addControl(entry.bytes.extracting(2...).span)
      guard let facts = unsafe regularFile(entry, in: directory) else { return }
      if isOverdue(facts) { counts.unfinished += 1 }
    case .data:
      guard role.hasData else { return unsafe takeOther(entry, in: directory) }
      guard let facts = unsafe regularFile(entry, in: directory) else { return }
      unsafe detector.addBody(entry.bytes.extracting(2...).span)
      counts.addBody(bytes: Int(facts.st_size))
    case .transcript:
      guard let facts = unsafe regularFile(entry, in: directory) else { return }
      if isOverdue(facts) { counts.transcripts += 1 }
    case .other: unsafe takeOther(entry, in: directory)
    }
  }

  /// Counts a file that is no queue file, unless it is a directory.
  private mutating func takeOther(_ entry: DirectoryEntry, in directory: OpenDirectory) {
    if unsafe entry.isRegular != nil {
      counts.others += 1
    } else if let facts = unsafe try? directory.facts(of: entry.name), !facts.isDirectory {
      counts.others += 1
    }
  }

  private mutating func takeControl(
    _ kind: QueueFileKind, _ entry: DirectoryEntry, in directory: OpenDirectory,
    _ directoryFacts: stat
  ) throws(QueueScanInterrupted) {
    let id = unsafe QueueID.time(of: entry.bytes.extracting(2...).span, now: now)
    // The owner and the mode decide whether a queue run takes it; for the count its name is enough.
    var facts = unsafe try? directory.facts(of: entry.name)
    if unsafe id == nil || entry.isRegular != true {
      facts = unsafe regularFile(entry, in: directory)
      guard facts != nil else { return }
    }
    let time = id ?? facts?.st_mtim.tv_sec ?? now
    unsafe detector.addControl(entry.bytes.extracting(2...).span)
    switch unsafe locks?.state(inode: entry.inode, device: UInt64(directoryFacts.st_dev)) {
    case .locked?: counts.locked = (counts.locked ?? 0) + 1
    case .lockedOtherwise?: counts.lockedOtherwise = (counts.lockedOtherwise ?? 0) + 1
    case nil, .free?: break
    }
    let file = facts.map { facts in
      QueueRunRules.File(
        mode: UInt16(truncatingIfNeeded: facts.st_mode & 0o7777), owner: facts.st_uid,
        group: facts.st_gid, size: Int(facts.st_size),
        age: AgeHistogram.age(of: facts.st_ctim.tv_sec, at: now),
        directory: (
          UInt16(truncatingIfNeeded: directoryFacts.st_mode & 0o7777), directoryFacts.st_gid
        ))
    }
    let loss = file.flatMap { rules.loss(of: $0) }
    switch kind {
    case .quarantined:
      counts.quarantined += 1
      guard contents != nil else { return }
      contents?.beginQuarantined(arrival: time)
      _ = unsafe try read(entry, in: directory, facts: nil)
    case .lost:
      counts.lost += 1
      guard contents != nil else { return }
      contents?.begin(arrival: time, isLost: true, loss: loss)
      _ = unsafe try read(entry, in: directory, facts: loss)
    default:
      counts.addMessage(time: time, now: now)
      if let file, !rules.mayOpen(file) { counts.notPermitted += 1 }
      guard contents != nil else {
        if loss != nil { counts.toBeLost += 1 }
        return
      }
      contents?.begin(arrival: time, loss: loss)
      if unsafe try read(entry, in: directory, facts: loss) != nil { counts.toBeLost += 1 }
    }
  }

  /// Reads a control file, and returns the reason for which a queue run gives it up.
  ///
  /// `loss` is the reason, if the facts about the file are one.
  private mutating func read(
    _ entry: DirectoryEntry, in directory: OpenDirectory, facts loss: QueueLoss?
  ) throws(QueueScanInterrupted) -> QueueLoss? {
    do {
      unsafe try reader.read(
        entry.name, in: directory,
        tick: { () throws(QueueScanInterrupted) in
          try tick(0)
        }
      ) { contents?.take($0, now: now) }
      let found = contents?.end(now: now) { [data] in unsafe !Self.hasBody(of: entry, in: data) }
      if reader.wasTooLong { contents?.tooLong += 1 }
      return found
    } catch let interrupted as QueueScanInterrupted {
      throw interrupted
    } catch Errno.noSuchFileOrDirectory, Errno.tooManySymbolicLinkLevels {
      // Removed or replaced since the directory was read.
    } catch {
      contents?.unreadable += 1
      unsafe errors.add("open", error as? Errno ?? .ioError, path, name: entry)
    }
    return loss
  }

  /// Returns whether the body of a control file is in `data`, the directory of its own queue.
  private static func hasBody(of entry: DirectoryEntry, in data: OpenDirectory?) -> Bool {
    guard let data else { return true }
    var name = unsafe Array(entry.bytes).cString
    name[0] = CChar(UInt8(ascii: "d"))
    return unsafe (try? data.facts(of: name)) != nil
  }

  /// Returns the facts of a regular file; `nil` for a file that was removed or is not regular.
  private mutating func regularFile(
    _ entry: DirectoryEntry, in directory: OpenDirectory
  ) -> stat? {
    guard unsafe entry.isRegular != false else {
      counts.others += 1
      return nil
    }
    do {
      let facts = unsafe try directory.facts(of: entry.name)
      guard !facts.isRegular else { return facts }
      if !facts.isDirectory { counts.others += 1 }
    } catch Errno.noSuchFileOrDirectory {
      // Delivered since the directory was read.
    } catch {
      unsafe errors.add("fstatat", error, path, name: entry)
    }
    return nil
  }

  /// Counts the bodies without a control file, and the messages without a body, among the files that the
  /// detector suspects.
  private mutating func findIncomplete(
    _ parts: QueueParts, _ queues: MessageParts
  ) throws(QueueScanInterrupted) {
    guard !detector.isBalanced else { return }
    let (control, data) = (parts.control ?? parts.main, parts.data ?? parts.main)
    let isOne = parts.control == nil && parts.data == nil
    try findIncomplete(in: data, Role(hasControl: isOne, hasData: true), queues)
    if !isOne { try findIncomplete(in: control, Role(hasControl: true, hasData: false), queues) }
  }

  private mutating func findIncomplete(
    in directory: OpenDirectory, _ role: Role, _ queues: MessageParts
  ) throws(QueueScanInterrupted) {
    var seen = 0
    do {
      unsafe try directory.forEachEntry { entry in
        seen += 1
        if seen % Self.tickLength == 0 { try tick(0) }
        let kind = unsafe QueueFileKind(name: entry.bytes.span)
        switch kind {
        case .data where role.hasData, .control where role.hasControl,
          .quarantined where role.hasControl:
          break
        default: return
        }
        guard unsafe detector.isSuspect(entry.bytes.extracting(2...).span) else { return }
        if kind == .data {
          // Examined again: when a message is delivered meanwhile, its body is removed as well.
          guard unsafe isOverdueBody(entry, in: directory),
            unsafe !queues.haveControl(of: Array(entry.bytes)),
            unsafe isOverdueBody(entry, in: directory)
          else { return }
          counts.orphans += 1
        } else {
          // Examined again: when a message is delivered meanwhile, its body is removed first.
          guard unsafe isMessage(entry, in: directory),
            unsafe !queues.haveBody(of: Array(entry.bytes)),
            unsafe isMessage(entry, in: directory)
          else { return }
          counts.withoutBody += 1
        }
      }
    } catch let interrupted as QueueScanInterrupted {
      throw interrupted
    } catch {
      errors.add("readdir", error as? Errno ?? .ioError, path)
    }
  }

  /// Returns whether a control file is there and not empty: an empty one is no message to deliver.
  private func isMessage(_ entry: DirectoryEntry, in directory: OpenDirectory) -> Bool {
    guard let facts = unsafe try? directory.facts(of: entry.name) else { return false }
    return facts.isRegular && facts.st_size > 0
  }

  private func isOverdueBody(_ entry: DirectoryEntry, in directory: OpenDirectory) -> Bool {
    guard let facts = unsafe try? directory.facts(of: entry.name) else { return false }
    return facts.isRegular && isOverdue(facts)
  }

  private func isOverdue(_ facts: stat) -> Bool {
    AgeHistogram.age(of: facts.st_mtim.tv_sec, at: now) > QueueCounts.graceTime
  }
}
