// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
internal import SystemPackage

/// A walk through one queue directory, in constant memory however many files are in it.
///
/// No lock is taken and nothing is opened but directories and, where their contents are wanted, control
/// files. The type of a file and, where the message's id tells it, its time are taken from the
/// directory itself, so that of the files of a message only the body is looked at by itself.
struct QueueDirectoryWalk {
  /// What is counted.
  private(set) var survey = QueueSurvey()
  /// What went wrong on the way.
  private(set) var troubles = QueueTroubles()
  /// What the control files say; `nil` when they are not read.
  private(set) var contents: QueueContents?

  private let path: [UInt8]
  private let now: Int
  private let locks: QueueLocks?
  private let tick: (Int) throws(QueueLookInterrupted) -> Void
  private var ledger = QueueLedger()
  private var reader: ControlFileReading

  /// A walk that has not begun.
  ///
  /// - Parameters:
  ///   - path: the queue directory, for messages.
  ///   - now: the time now, in seconds since 1970.
  ///   - locks: the locks of this moment, or `nil` when nobody can tell.
  ///   - contents: what to add the contents of control files to, or `nil` to leave them closed.
  ///   - tick: is told now and then how many entries more have been seen.
  init(
    path: [UInt8], now: Int, locks: QueueLocks?, contents: QueueContents?,
    tick: @escaping (Int) throws(QueueLookInterrupted) -> Void
  ) {
    self.path = path
    self.now = now
    self.locks = locks
    self.contents = contents
    self.tick = tick
    reader = ControlFileReading()
    if locks == nil { survey.locked = nil }
  }

  /// Which files of a directory are the queue's.
  private struct Role {
    let hasControl: Bool
    let hasData: Bool
  }

  /// Counts everything.
  ///
  /// - Parameter hasControl: whether any queue directory has a control file of this name: sendmail may
  ///   keep a body in one directory and the control file in another (the control file's `d` line).
  /// - Throws: ``QueueLookInterrupted``; all else is a trouble.
  mutating func run(
    _ parts: QueueParts, hasControl: ([UInt8]) -> Bool
  ) throws(QueueLookInterrupted) {
    try walk(
      parts.main, Role(hasControl: parts.control == nil, hasData: parts.data == nil))
    if let control = parts.control { try walk(control, Role(hasControl: true, hasData: false)) }
    if let data = parts.data { try walk(data, Role(hasControl: false, hasData: true)) }
    try findOrphans(in: parts.data ?? parts.main, hasControl)
  }

  /// How many entries there are between two ticks.
  private static let tickLength = 1024

  private mutating func walk(
    _ directory: OpenDirectory, _ role: Role
  ) throws(QueueLookInterrupted) {
    let device: dev_t
    do {
      device = try directory.facts().st_dev
    } catch {
      return troubles.note("fstat", error, path)
    }
    var seen = 0
    do {
      unsafe try directory.forEachEntry { entry in
        seen += 1
        if seen % Self.tickLength == 0 { try tick(Self.tickLength) }
        unsafe try take(entry, in: directory, device: device, role)
      }
      try tick(seen % Self.tickLength)
    } catch let interrupted as QueueLookInterrupted {
      throw interrupted
    } catch {
      troubles.note("readdir", error as? Errno ?? .ioError, path)
    }
  }

  private mutating func take(
    _ entry: DirectoryEntry, in directory: OpenDirectory, device: dev_t, _ role: Role
  ) throws(QueueLookInterrupted) {
    // Directories are none of the queue's files, its own subdirectories not either.
    guard unsafe !entry.isDirectory else { return }
    let kind = unsafe QueueFileKind(name: entry.bytes.span)
    switch kind {
    case .control, .quarantined, .lost:
      guard role.hasControl else { return unsafe takeOther(entry, in: directory) }
      unsafe try takeControl(kind, entry, in: directory, device: device)
    case .new, .kept:
      guard role.hasControl else { return unsafe takeOther(entry, in: directory) }
      unsafe ledger.addControl(entry.bytes.extracting(2...).span)
      guard let facts = unsafe regularFile(entry, in: directory) else { return }
      if isOverdue(facts) { survey.unfinished += 1 }
    case .data:
      guard role.hasData else { return unsafe takeOther(entry, in: directory) }
      guard let facts = unsafe regularFile(entry, in: directory) else { return }
      unsafe ledger.addBody(entry.bytes.extracting(2...).span)
      survey.addBody(bytes: Int(facts.st_size))
    case .transcript: break
    case .other: unsafe takeOther(entry, in: directory)
    }
  }

  /// Counts what is not the queue's, unless it is a directory after all.
  private mutating func takeOther(_ entry: DirectoryEntry, in directory: OpenDirectory) {
    if unsafe entry.isRegular != nil {
      survey.others += 1
    } else if let facts = unsafe try? directory.facts(of: entry.name), !facts.isDirectory {
      survey.others += 1
    }
  }

  private mutating func takeControl(
    _ kind: QueueFileKind, _ entry: DirectoryEntry, in directory: OpenDirectory,
    device: dev_t
  ) throws(QueueLookInterrupted) {
    var time = unsafe QueueID.time(of: entry.bytes.extracting(2...).span, now: now)
    if unsafe time == nil || entry.isRegular != true {
      guard let facts = unsafe regularFile(entry, in: directory) else { return }
      time = time ?? facts.st_mtim.tv_sec
    }
    unsafe ledger.addControl(entry.bytes.extracting(2...).span)
    if unsafe locks?.contains(inode: entry.inode, device: UInt64(device)) == true {
      survey.locked = (survey.locked ?? 0) + 1
    }
    switch kind {
    case .quarantined: survey.quarantined += 1
    case .lost: survey.lost += 1
    default:
      survey.addMessage(time: time ?? now, now: now)
      guard contents != nil else { return }
      contents?.begin(arrival: time ?? now)
      unsafe try read(entry, in: directory)
    }
  }

  private mutating func read(
    _ entry: DirectoryEntry, in directory: OpenDirectory
  ) throws(QueueLookInterrupted) {
    do {
      unsafe try reader.read(
        entry.name, in: directory,
        tick: { () throws(QueueLookInterrupted) in
          try tick(0)
        }
      ) { contents?.take($0, now: now) }
      contents?.end(now: now)
      if reader.wasTooLong { contents?.tooLong += 1 }
    } catch let interrupted as QueueLookInterrupted {
      throw interrupted
    } catch Errno.noSuchFileOrDirectory, Errno.tooManySymbolicLinkLevels {
      // It has gone, or has become something else, since the directory was read.
    } catch {
      contents?.unreadable += 1
      unsafe troubles.note("open", error as? Errno ?? .ioError, path, name: entry)
    }
  }

  /// What the system says of a regular file; `nil` for one that has gone or is something else.
  private mutating func regularFile(
    _ entry: DirectoryEntry, in directory: OpenDirectory
  ) -> stat? {
    guard unsafe entry.isRegular != false else {
      survey.others += 1
      return nil
    }
    do {
      let facts = unsafe try directory.facts(of: entry.name)
      guard !facts.isRegular else { return facts }
      if !facts.isDirectory { survey.others += 1 }
    } catch Errno.noSuchFileOrDirectory {
      // Delivered since the directory was read.
    } catch {
      unsafe troubles.note("fstatat", error, path, name: entry)
    }
    return nil
  }

  /// Looks again at the bodies that the ledger suspects.
  private mutating func findOrphans(
    in directory: OpenDirectory, _ hasControl: ([UInt8]) -> Bool
  ) throws(QueueLookInterrupted) {
    guard !ledger.isBalanced else { return }
    var seen = 0
    do {
      unsafe try directory.forEachEntry { entry in
        seen += 1
        if seen % Self.tickLength == 0 { try tick(0) }
        guard unsafe QueueFileKind(name: entry.bytes.span) == .data,
          unsafe ledger.isSuspect(entry.bytes.extracting(2...).span),
          unsafe isOverdueBody(entry, in: directory), unsafe !hasControl(Array(entry.bytes)),
          // Looked at again: when a message is delivered now, its body goes, too.
          unsafe isOverdueBody(entry, in: directory)
        else { return }
        survey.orphans += 1
      }
    } catch let interrupted as QueueLookInterrupted {
      throw interrupted
    } catch {
      troubles.note("readdir", error as? Errno ?? .ioError, path)
    }
  }

  private func isOverdueBody(_ entry: DirectoryEntry, in directory: OpenDirectory) -> Bool {
    guard let facts = unsafe try? directory.facts(of: entry.name) else { return false }
    return facts.isRegular && isOverdue(facts)
  }

  private func isOverdue(_ facts: stat) -> Bool {
    AgeHistogram.age(of: facts.st_mtim.tv_sec, at: now) > QueueSurvey.graceTime
  }
}
