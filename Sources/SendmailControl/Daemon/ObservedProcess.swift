// SPDX-License-Identifier: Apache-2.0

/// A process as the system's process table shows it. A title may be out of date, and any process can set its
/// own: they are not reported by sendmail.
package struct ObservedProcess: Sendable, Equatable {
  /// The process id.
  package var pid: Int32
  /// The process id of its parent.
  package var parent: Int32
  /// The name of its program, at most 15 bytes (`comm`).
  package var name: [UInt8]
  /// Its arguments, each ended by a NUL, which sendmail overwrites with its title; `nil` when it has
  /// none or they may not be read.
  package var commandLine: [UInt8]?
  /// The path of its program; `nil` when it was not asked for or may not be read.
  package var program: [UInt8]?
  /// Its working directory; `nil` when it was not asked for or may not be read.
  package var workingDirectory: [UInt8]?
  /// Its real user id; `nil` when it was not asked for or may not be read.
  package var realUser: UInt32?
  /// Its effective user id; `nil` when it was not asked for or may not be read.
  package var effectiveUser: UInt32?
  /// The start of the process, since the system was booted.
  package var start: Duration
  /// The processor time it has used, its own and the system's for it.
  package var processorTime: Duration
  /// True if it has ended and only waits to be reaped.
  package var hasEnded: Bool
  /// True if it was stopped, by a signal or a debugger, and does nothing until it is continued.
  package var isStopped: Bool

  /// A process.
  package init(
    pid: Int32, parent: Int32 = 1, name: [UInt8] = [], commandLine: [UInt8]? = nil,
    program: [UInt8]? = nil, workingDirectory: [UInt8]? = nil, realUser: UInt32? = nil,
    effectiveUser: UInt32? = nil, start: Duration = .zero, processorTime: Duration = .zero,
    hasEnded: Bool = false, isStopped: Bool = false
  ) {
    self.pid = pid
    self.parent = parent
    self.name = name
    self.commandLine = commandLine
    self.program = program
    self.workingDirectory = workingDirectory
    self.realUser = realUser
    self.effectiveUser = effectiveUser
    self.start = start
    self.processorTime = processorTime
    self.hasEnded = hasEnded
    self.isStopped = isStopped
  }

  /// Its title, as `ps` shows it: arguments joined by blanks; `nil` when it has none or it may not be
  /// read.
  package var title: [UInt8]? {
    guard var title = commandLine else { return nil }
    while title.last == ASCII.null || title.last == ASCII.space { title.removeLast() }
    return title.isEmpty ? nil : title.map { $0 == ASCII.null ? ASCII.space : $0 }
  }

  /// Its arguments without the program's name.
  package var arguments: [[UInt8]] {
    (commandLine ?? []).split(separator: ASCII.null).dropFirst().map { Array($0) }
  }

  /// The title without the `sendmail: ` that sendmail puts before its own words.
  package var shownTitle: [UInt8] {
    let title = title ?? []
    return title.starts(with: Self.titleStart)
      ? Array(title.dropFirst(Self.titleStart.count)) : title
  }

  /// True if it is sendmail: by the name of its program, which a package may lengthen
  /// (`sendmail.sendmail`, `sendmail-8.18`), or by its title. Arguments that mention sendmail say
  /// nothing.
  package var isSendmail: Bool {
    isProgramSendmail || title?.starts(with: Self.titleStart) == true
  }

  /// True if its program is sendmail, by its name and whatever its title.
  package var isProgramSendmail: Bool { Self.isSendmail(program: program ?? name) }

  /// Returns whether the program at the path `program` is sendmail, by its name.
  package static func isSendmail(program: [UInt8]) -> Bool {
    program[((program.lastIndex(of: ASCII.slash) ?? -1) + 1)...].starts(with: programName)
  }

  private static let programName = Array("sendmail".utf8)
  private static let titleStart = Array("sendmail: ".utf8)
}
