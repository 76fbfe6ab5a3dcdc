// SPDX-License-Identifier: Apache-2.0

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

  /// The reason for which mailq gives the message up where its body is not beside its control file: it then
  /// reads the file as a queue run does, also of a message that was tried a short time ago.
  var lossByMailq: QueueLoss? {
    choice.isQuarantined || lossWhenChosen == .empty ? nil : lossWhenChosen
  }

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
    case .noLineEnd: lossWhenChosen = .empty
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
  private(set) var isQuarantined = false
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
