// SPDX-License-Identifier: Apache-2.0

/// A queue group: a `Q` line, or the default group `mqueue` (`makequeue` in sendmail's `queue.c`).
package struct QueueGroup: Sendable, Hashable {
  /// The most groups, the default one included.
  package static let maximumCount = 50

  /// The name; compared without case.
  package var name: [UInt8]
  /// `P`, the directory or the pattern ending in `*`; the queue directory when it is not given.
  package var path: [UInt8]
  /// `F`, the flags, one letter each; `f` forks a process a runner.
  package var flags: Set<UInt8> = []
  /// `I`, seconds between runs; 0 leaves it to the daemon's own interval.
  package var interval = 0
  /// `N`, added to the priority of a runner; `nil` for `NiceQueueRun`.
  package var niceness: Int?
  /// `R`, the most runners; `nil` for `MaxRunnersPerQueue`, or 1.
  package var maximumRunners: Int?
  /// `J`, the most jobs in a run; 0 means no limit.
  package var maximumJobs = 0
  /// `r`, the most recipients of an envelope; 0 means no limit.
  package var maximumRecipients = 0
  /// The physical line that defines it, counted from 1; `nil` for the default group.
  package var line: Int?

  /// A group of this name in this directory.
  package init(name: [UInt8], path: [UInt8], line: Int? = nil) {
    self.name = name
    self.path = path
    self.line = line
  }

  /// A complaint about a field.
  enum Complaint {
    case error([UInt8])
    case unknownUnit(UInt8)
  }

  /// The contents of a `Q` line.
  struct Definition {
    var group: QueueGroup
    /// True if the line has a `P`.
    var hasPath = false
    /// sendmail's complaints in order, with the offset of the field in the line. Of a unit of time that
    /// there is not sendmail only warns.
    var complaints: [(message: Complaint, offset: Int)] = []
    /// The messages that sendmail prints without a line number.
    var warnings: [[UInt8]] = []
    /// True if the complaints leave a group to define.
    var isUsable = true
  }

  /// Takes a line apart, the `Q` included.
  ///
  /// `maximumChildren` is `MaxQueueChildren`, which limits `R`; 0 or less for none.
  static func parse(_ line: [UInt8], maximumChildren: Int) -> Definition {
    guard line.count > 1 else {
      var definition = Definition(group: QueueGroup(name: [], path: []))
      definition.complaints.append((.error(Array("name required for queue".utf8)), 1))
      definition.isUsable = false
      return definition
    }
    let line = EquateLine(line)
    var definition = Definition(group: QueueGroup(name: line.name, path: []))
    for equate in line.equates {
      definition.take(
        equate.letter, equate.value, at: equate.offset, maximumChildren: maximumChildren)
    }
    if let offset = line.incomplete {
      definition.complaints.append(
        (.error(Array("queue ".utf8) + line.name + Array(": `=' expected".utf8)), offset))
      definition.isUsable = false
    }
    return definition
  }
}

extension QueueGroup.Definition {
  fileprivate mutating func take(
    _ letter: UInt8, _ value: [UInt8], at offset: Int, maximumChildren: Int
  ) {
    switch Unicode.Scalar(letter) {
    case "P":
      guard !value.isEmpty else {
        complaints.append(
          (.error(Array("queue ".utf8) + group.name + Array(": empty path name".utf8)), offset))
        return
      }
      group.path = value
      hasPath = true
    case "F": group.flags.formUnion(value.filter { !ASCII.isSpace($0) })
    case "I":
      let (seconds, unknown) = OptionValue.time(value, unit: .minutes)
      group.interval = seconds
      complaints += unknown.map { (.unknownUnit($0), offset) }
    case "N": group.niceness = OptionValue.integer(value)
    case "R":
      let runners = OptionValue.integer(value)
      group.maximumRunners = runners
      if maximumChildren > 0, runners > maximumChildren {
        group.maximumRunners = maximumChildren
        warnings.append(
          Array("Q=".utf8) + group.name
            + Array(
              ": R=\(runners) exceeds MaxQueueChildren=\(maximumChildren), set to MaxQueueChildren"
                .utf8))
      }
    case "J": group.maximumJobs = OptionValue.integer(value)
    case "r": group.maximumRecipients = OptionValue.integer(value)
    default:
      complaints.append(
        (
          .error(
            Array("Q".utf8) + group.name + Array(": unknown queue equate ".utf8) + [letter]
              + Array("=".utf8)), offset
        ))
    }
  }
}
