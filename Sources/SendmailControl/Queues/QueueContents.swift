// SPDX-License-Identifier: Apache-2.0

/// Counts of the contents of control files of waiting messages.
package struct QueueContents: Sendable {
  /// The longest status that is kept whole, in bytes.
  package static let longestStatus = 200

  /// Remaining recipients by domain.
  package private(set) var recipientDomains: HeavyHitters
  /// Messages by the sender's domain. A delivery report has the domain `<>`.
  package private(set) var senderDomains: HeavyHitters
  /// Messages by status: the reason why they wait, or why they are in quarantine. Messages without one (`nil`)
  /// mostly were never tried.
  package private(set) var statuses: HeavyHitters
  /// Messages by the reason for which a queue run gives them up, or has given them up; `nil` where a lost
  /// message shows no reason. Only lost messages and those to be lost count.
  package private(set) var losses: HeavyHitters
  /// The number of messages that wait only because of the load, which mailq marks with an X.
  package private(set) var waitingForLoad = 0
  /// The rules of the queue run; `nil` to look for no losses.
  package var rules: QueueRunRules?
  /// The number of control files that were read.
  package private(set) var files = 0
  /// The number of control files without an end: damaged, or not sendmail's.
  package private(set) var damaged = 0
  /// The number of control files that were too long to be read to their end.
  package var tooLong = 0
  /// The number of control files that could not be read, without permission or because of an error.
  /// Files that were removed meanwhile are not counted.
  package var unreadable = 0

  private var message = Message(arrival: 0)

  /// The facts so far about the message that is being read.
  private struct Message {
    /// The time of arrival, in seconds since 1970.
    var arrival: Int
    var sender: [UInt8]?
    var hasSender = false
    var status: [UInt8]?
    /// The status of the next recipient.
    var recipientStatus: [UInt8]?
    var isEnded = false
    var priority = 0
    /// True for a lost message, of which only the reason counts.
    var isLost = false
    /// True for a message in quarantine, of which only the reason counts.
    var isQuarantined = false
    /// The reason of the quarantine.
    var quarantine: [UInt8]?
    var losses: QueueLossDetector?
  }

  /// Counts of no files.
  ///
  /// - Parameter bound: the number of names that each table keeps for certain.
  package init(bound: Int = 8192) {
    recipientDomains = HeavyHitters(bound: bound)
    senderDomains = HeavyHitters(bound: bound)
    statuses = HeavyHitters(bound: bound)
    losses = HeavyHitters(bound: bound)
  }

  /// Begins a message.
  ///
  /// - Parameters:
  ///   - arrival: the time of arrival in seconds since 1970, by the name or date of the file.
  ///   - isLost: whether it is a lost message (`Qf`), of which only the reason counts.
  ///   - loss: the reason, if the facts about the file are one.
  package mutating func begin(arrival: Int, isLost: Bool = false, loss: QueueLoss? = nil) {
    message = Message(
      arrival: arrival, isLost: isLost,
      losses: rules.map { QueueLossDetector($0, facts: loss) })
  }

  /// Begins a message in quarantine (`hf`), of which only the reason counts, among the statuses.
  ///
  /// `arrival` is the time of arrival in seconds since 1970, by the name or date of the file.
  package mutating func beginQuarantined(arrival: Int) {
    message = Message(arrival: arrival, isQuarantined: true)
  }

  /// Counts a line of the message's control file.
  ///
  /// `now` is the time now, in seconds since 1970.
  package mutating func take(_ line: QueueControlLine, now: Int) {
    message.losses?.take(line, now: now)
    if case .created(let time) = line, time > 0 { message.arrival = time }
    if message.isQuarantined, case .quarantine(let reason) = line {
      message.quarantine = Array(reason.prefix(Self.longestStatus))
    }
    guard !message.isLost, !message.isQuarantined else { return }
    switch line {
    case .priority(let priority): message.priority = priority
    case .recipient(let recipient):
      message.status = message.status ?? message.recipientStatus
      message.recipientStatus = nil
      // An address whose end is missing has no known domain.
      let domain = recipient.isCut ? nil : AddressDomain.of(recipient.address)
      recipientDomains.add(domain, age: age(now))
    case .sender(let address):
      message.hasSender = true
      message.sender = Self.senderDomain(address)
    case .status(let text):
      // The reason of the message is before its sender; those after it are before their recipients.
      let text = Array(text.prefix(Self.longestStatus))
      if message.hasSender { message.recipientStatus = text } else { message.status = text }
    case .end: message.isEnded = true
    case .version, .created, .lastAttempt, .attempts, .quarantine, .flags, .bodyDirectory,
      .bodyType, .authParameter, .other, .afterEnd, .noLineEnd:
      break
    }
  }

  /// Ends the message.
  ///
  /// - Parameters:
  ///   - now: the time now, in seconds since 1970.
  ///   - lacksBody: a function that returns whether the body is not beside the control file; it is called where
  ///     that decides.
  /// - Returns: the reason for which a queue run or mailq gives it up, if there is one.
  @discardableResult
  package mutating func end(now: Int, lacksBody: () -> Bool = { false }) -> QueueLoss? {
    if message.isLost {
      let loss = message.losses?.lossWhenChosen
      losses.add(loss.map { Array("lost: \($0.text)".utf8) }, age: age(now))
      return loss
    }
    if message.isQuarantined {
      let reason = message.quarantine.map { Array(": ".utf8) + $0 } ?? []
      statuses.add(Array("quarantined".utf8) + reason, age: age(now))
      return nil
    }
    var loss = message.losses?.loss
    if loss == nil, let byMailq = message.losses?.lossByMailq, lacksBody() { loss = byMailq }
    if let loss { losses.add(Array("to be lost: \(loss.text)".utf8), age: age(now)) }
    if message.isEnded, rules?.waitsForLoad(priority: message.priority) == true {
      waitingForLoad += 1
    }
    files += 1
    if !message.isEnded { damaged += 1 }
    if message.hasSender { senderDomains.add(message.sender, age: age(now)) }
    if message.isEnded || message.status != nil { statuses.add(message.status, age: age(now)) }
    return loss
  }

  private func age(_ now: Int) -> Int { AgeHistogram.age(of: message.arrival, at: now) }

  /// The sender of delivery reports, counted as a domain.
  package static let nullSender = Array("<>".utf8)

  private static func senderDomain(_ address: [UInt8]) -> [UInt8]? {
    address == nullSender || address.isEmpty ? nullSender : AddressDomain.of(address)
  }
}
