// SPDX-License-Identifier: Apache-2.0

/// Counts of the contents of control files of waiting messages.
package struct QueueContents: Sendable {
  /// The longest status that is kept whole, in bytes.
  package static let longestStatus = 200

  /// Remaining recipients by domain.
  package private(set) var recipientDomains: HeavyHitters
  /// Messages by the sender's domain. A delivery report has the domain `<>`.
  package private(set) var senderDomains: HeavyHitters
  /// Messages by status: the reason why they wait. Messages without one (`nil`) mostly were never
  /// tried.
  package private(set) var statuses: HeavyHitters
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
    var isEnded = false
  }

  /// Counts of no files.
  ///
  /// - Parameter bound: the number of names that each table keeps for certain.
  package init(bound: Int = 8192) {
    recipientDomains = HeavyHitters(bound: bound)
    senderDomains = HeavyHitters(bound: bound)
    statuses = HeavyHitters(bound: bound)
  }

  /// Begins a message.
  ///
  /// - Parameter arrival: the time of arrival in seconds since 1970, by the name or date of the file.
  package mutating func begin(arrival: Int) {
    message = Message(arrival: arrival)
  }

  /// Counts a line of the message's control file.
  ///
  /// - Parameter now: the time now, in seconds since 1970.
  package mutating func take(_ line: QueueControlLine, now: Int) {
    switch line {
    case .created(let time) where time > 0: message.arrival = time
    case .recipient(let recipient):
      // An address whose end is missing has no known domain.
      let domain = recipient.isCut ? nil : AddressDomain.of(recipient.address)
      recipientDomains.add(domain, age: age(now))
    case .sender(let address):
      message.hasSender = true
      message.sender = Self.senderDomain(address)
    case .status(let text):
      // The reason of the message stands before its sender; those after it are its recipients'.
      guard !message.hasSender || message.status == nil else { return }
      message.status = Array(text.prefix(Self.longestStatus))
    case .end: message.isEnded = true
    case .version, .created, .lastAttempt, .attempts, .priority, .quarantine, .flags, .other: break
    }
  }

  /// Ends the message.
  ///
  /// - Parameter now: the time now, in seconds since 1970.
  package mutating func end(now: Int) {
    files += 1
    if !message.isEnded { damaged += 1 }
    if message.hasSender { senderDomains.add(message.sender, age: age(now)) }
    if message.isEnded || message.status != nil { statuses.add(message.status, age: age(now)) }
  }

  private func age(_ now: Int) -> Int { AgeHistogram.age(of: message.arrival, at: now) }

  /// The sender of delivery reports, counted as a domain.
  package static let nullSender = Array("<>".utf8)

  private static func senderDomain(_ address: [UInt8]) -> [UInt8]? {
    address == nullSender || address.isEmpty ? nullSender : AddressDomain.of(address)
  }
}
