// SPDX-License-Identifier: Apache-2.0

/// A reason for which sendmail gives a message up: a queue run that finds its control file like this renames it
/// to `Qf` (`readqf` in sendmail's `queue.c`).
package enum QueueLoss: String, Sendable, CaseIterable {
  /// The mode lets the group or others write it, as that of a client queue's file does.
  case writable
  /// The owner is another user than the one that runs the queue.
  case owner
  /// The version of the format is newer than that of sendmail 8.17.
  case version
  /// A line begins with a letter that sendmail does not know.
  case line = "unknown-line"
  /// There is something after the end.
  case dataAfterEnd = "data-after-end"
  /// The body is in a directory that is none of the queues.
  case directory
  /// An `AUTH=` parameter or a body type is not in its form.
  case parameter

  /// The reason in words.
  package var text: String {
    switch self {
    case .writable: "group or others may write the file"
    case .owner: "the file belongs to another user"
    case .version: "its format is newer than version \(QueueLossDetector.newestVersion)"
    case .line: "a line that sendmail does not know"
    case .dataAfterEnd: "data after the end"
    case .directory: "its body is in a directory that is no queue"
    case .parameter: "a bad AUTH= parameter or body type"
    }
  }
}

/// The conditions under which a queue run reads control files, by a configuration.
package struct QueueRunRules: Sendable {
  /// `QueueFileMode`.
  package var fileMode: UInt16
  /// The user that the queue is run as, where that is another than the one who starts it (`RunAsUser`).
  package var runner: UInt32?
  /// The group of that user.
  package var runnerGroup: UInt32?
  /// `TrustedUser`.
  package var trustedUser: UInt32
  /// `UseMSP`: the files of a group that may write the queue belong to the users who sent them.
  package var usesMSP: Bool
  /// `MinQueueAge` in seconds: a message that was tried less long ago is left alone.
  package var minimumAge: Int
  /// `MaxQueueAge` in seconds: the longest time that a message is left alone, which grows with its age; 0 to count
  /// by ``minimumAge``.
  package var maximumAge: Int
  /// True if the run reads control files to choose its messages, as it does unless it sorts by file names or
  /// dates, or not at all.
  package var choosesByContents: Bool
  /// The names of the queue directories, as `d` lines name them; empty when they are not known.
  package var directories: Set<[UInt8]>
  /// `QueueLA`.
  package var queueLA: Int
  /// `QueueFactor`.
  package var queueFactor: Int
  /// The machine's load average, rounded as sendmail does; `nil` when it is not known.
  package var load: Int?

  /// The rules of `configuration`.
  ///
  /// - Parameters:
  ///   - directories: the names of its queue directories.
  ///   - load: the machine's load average.
  package init(
    _ configuration: SendmailConfiguration, directories: Set<[UInt8]> = [], load: Double? = nil
  ) {
    fileMode = configuration.queueFileMode
    runner = configuration.runAsUser?.userID
    if runner == 0 { runner = nil }
    runnerGroup = configuration.runAsUser?.groupID
    trustedUser = configuration.trustedUserID
    usesMSP = configuration.usesMSP
    minimumAge = configuration.minimumQueueAge
    maximumAge = configuration.maximumQueueAge
    let order = configuration.setting(.queueSortOrder)?.value.first
    choosesByContents = !(order.map { "FfMmNnRr".utf8.contains($0) } ?? false)
    queueLA = configuration.queueLA
    queueFactor = configuration.queueFactor
    self.directories = directories
    self.load = load.map { Int($0 + 0.5) }
  }

  /// The reason why a file with these facts is given up; `nil` when there is none.
  ///
  /// - Parameters:
  ///   - mode: the file's permission bits.
  ///   - directory: the permission bits and the group of its directory.
  package func loss(
    mode: UInt16, owner: UInt32, group: UInt32, directory: (mode: UInt16, group: UInt32)
  ) -> QueueLoss? {
    let isShared = fileMode & 0o020 != 0
    if let runner, owner != runner, owner != trustedUser {
      let isUsers =
        usesMSP && group == runnerGroup && isShared && directory.mode & 0o020 != 0
        && directory.group == group
      if !isUsers { return .owner }
    }
    return mode & (isShared ? 0o002 : 0o022) != 0 ? .writable : nil
  }

  /// Returns whether a message of this priority waits while the load is as it is (`shouldqueue` in sendmail's
  /// `conf.c`), which mailq marks with an X.
  package func waitsForLoad(priority: Int) -> Bool {
    guard let load, load >= queueLA else { return false }
    let (excess, overflow) = (load - queueLA).addingReportingOverflow(1)
    return priority > (overflow || excess < 1 ? 0 : queueFactor / excess)
  }
}

/// Reads the lines of a control file as a queue run does: as the run chooses its messages (`gatherq` in
/// sendmail's `queue.c`), and up to the first line for which it gives one up.
struct QueueLossDetector: Sendable {
  /// The newest version of the format that sendmail 8.17 reads (`QF_VERSION`).
  static let newestVersion = 8

  private let rules: QueueRunRules
  private var lastAttempt = 0
  /// True if the rest does not count: the message was tried a short time ago, or is in quarantine.
  private var isLeftAlone = false
  private var choice = QueueRunChoice()

  init(_ rules: QueueRunRules, facts loss: QueueLoss? = nil) {
    self.rules = rules
    lossWhenChosen = loss
  }

  /// The reason for which the next queue run gives the message up; `nil` also for one that it does not choose.
  var loss: QueueLoss? { choice.isSkipped ? nil : lossWhenChosen }

  /// The reason for which a queue run that chooses the message gives it up.
  private(set) var lossWhenChosen: QueueLoss?

  mutating func take(_ line: QueueControlLine, now: Int) {
    if rules.choosesByContents { choice.take(line, rules, now: now) }
    guard lossWhenChosen == nil, !isLeftAlone else { return }
    switch line {
    case .version(let version): if version > Self.newestVersion { lossWhenChosen = .version }
    case .lastAttempt(let time): lastAttempt = time
    case .attempts(let count):
      isLeftAlone =
        count > 0 && QueueRunChoice.isWithin(rules.minimumAge, of: lastAttempt, now: now)
    case .flags(let text): if text.starts(with: "rom ".utf8) { lossWhenChosen = .line }
    case .bodyDirectory(let name):
      if !rules.directories.isEmpty, !rules.directories.contains(name) {
        lossWhenChosen = .directory
      }
    case .bodyType(let type):
      if !Self.bodyTypes.contains(OptionWords.folded(type)) { lossWhenChosen = .parameter }
    case .authParameter(let text): if !Self.isXtext(text) { lossWhenChosen = .parameter }
    case .afterEnd: lossWhenChosen = .dataAfterEnd
    case .other(let letter): if !Self.letters.contains(letter) { lossWhenChosen = .line }
    // With a reason of quarantine sendmail takes the file for an hf, which it then cannot rename.
    case .quarantine: isLeftAlone = true
    case .created, .priority, .status, .recipient, .sender, .end: break
    }
  }

  /// The letters of lines that are read without a case of their own.
  private static let letters = Set("CDEHILQRrTZ!$".utf8)
  private static let bodyTypes: Set<String> = ["7bit", "8bitmime"]

  /// Returns whether `text` has the form of RFC 1891 (`xtextok` in sendmail's `savemail.c`).
  private static func isXtext(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+") {
        for _ in 0..<2 {
          guard let digit = rest.popFirst(), "0123456789ABCDEFabcdef".utf8.contains(digit) else {
            return false
          }
        }
      } else if byte < 0x21 || byte > 0x7E || byte == ASCII.equals {
        return false
      }
    }
    return true
  }
}

/// The choice of a queue run: it reads a control file up to its priority and its time of arrival.
private struct QueueRunChoice: Sendable {
  /// True if the message is not chosen: it is in quarantine, or was tried a short time ago.
  var isSkipped: Bool { isQuarantined || isTooYoung }
  private var isQuarantined = false
  private var isTooYoung = false
  private var created = 0
  private var hasPriority = false
  private var hasTime = false

  mutating func take(_ line: QueueControlLine, _ rules: QueueRunRules, now: Int) {
    guard !hasPriority || !hasTime || isQuarantined else { return }
    switch line {
    case .priority: hasPriority = true
    case .created(let time): (hasTime, created) = (true, time)
    case .quarantine: isQuarantined = true
    case .lastAttempt(let time):
      if rules.maximumAge > 0 {
        let (since, _) = time.subtractingReportingOverflow(created)
        let (age, overflow) = now.subtractingReportingOverflow(time)
        if !overflow, age < min(since, rules.maximumAge) { isTooYoung = true }
      } else if Self.isWithin(rules.minimumAge, of: time, now: now) {
        isTooYoung = true
      }
    case .attempts(0): isTooYoung = false
    default: break
    }
  }

  /// Returns whether `time` is not after `now`, and less than `age` seconds before.
  static func isWithin(_ age: Int, of time: Int, now: Int) -> Bool {
    let (end, overflow) = time.addingReportingOverflow(age)
    return time <= now && (overflow || now < end)
  }
}
