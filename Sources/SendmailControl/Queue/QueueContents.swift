// SPDX-License-Identifier: GPL-3.0-or-later

/// What the control files of waiting messages say, counted.
public struct QueueContents: Sendable {
  /// The longest status that is told from others, in bytes.
  public static let longestStatus = 200

  /// Recipients that are left, by their domain.
  public private(set) var recipientDomains: QueueTally
  /// Messages, by the sender's domain. A message about another has the domain `<>`.
  public private(set) var senderDomains: QueueTally
  /// Messages, by why they are still here; `nil` for those without a status, mostly never tried.
  public private(set) var statuses: QueueTally
  /// Control files that were read.
  public private(set) var files = 0
  /// Control files without an end: damaged, or not sendmail's.
  public private(set) var damaged = 0
  /// Control files that were too long to be read to their end.
  public var tooLong = 0
  /// Control files that could not be read, for want of permission or through an error; those that
  /// had gone are not counted.
  public var unreadable = 0

  private var message = Message(arrival: 0)

  /// What is known so far of the message that is being read.
  private struct Message {
    /// In seconds since 1970.
    var arrival: Int
    var sender: [UInt8]?
    var hasSender = false
    var status: [UInt8]?
    var isEnded = false
  }

  /// Nothing read.
  ///
  /// - Parameter bound: how many names each table keeps for certain.
  public init(bound: Int = 8192) {
    recipientDomains = QueueTally(bound: bound)
    senderDomains = QueueTally(bound: bound)
    statuses = QueueTally(bound: bound)
  }

  /// Begins a message.
  ///
  /// - Parameter arrival: when it came, in seconds since 1970, as far as is known without reading.
  public mutating func begin(arrival: Int) {
    message = Message(arrival: arrival)
  }

  /// Takes a line of its control file in.
  ///
  /// - Parameter now: the time now, in seconds since 1970.
  public mutating func take(_ line: QueueControlLine, now: Int) {
    switch line {
    case .created(let time) where time > 0: message.arrival = time
    case .recipient(let recipient):
      // The domain of an address of which the end is missing is not known.
      let domain = recipient.isCut ? nil : AddressDomain.of(recipient.address)
      recipientDomains.add(domain, age: age(now))
    case .sender(let address):
      message.hasSender = true
      message.sender = Self.senderDomain(address)
    case .status(let text): message.status = Array(text.prefix(Self.longestStatus))
    case .end: message.isEnded = true
    case .version, .created, .lastAttempt, .attempts, .priority, .quarantine, .flags, .other: break
    }
  }

  /// Ends the message.
  ///
  /// - Parameter now: the time now, in seconds since 1970.
  public mutating func end(now: Int) {
    files += 1
    if !message.isEnded { damaged += 1 }
    if message.hasSender { senderDomains.add(message.sender, age: age(now)) }
    if message.isEnded || message.status != nil { statuses.add(message.status, age: age(now)) }
  }

  /// Adds everything that `other` has counted.
  public mutating func merge(_ other: QueueContents) {
    recipientDomains.merge(other.recipientDomains)
    senderDomains.merge(other.senderDomains)
    statuses.merge(other.statuses)
    files += other.files
    damaged += other.damaged
    tooLong += other.tooLong
    unreadable += other.unreadable
  }

  private func age(_ now: Int) -> Int { AgeHistogram.age(of: message.arrival, at: now) }

  /// The sender of messages about others, as a domain of its own.
  public static let nobody = Array("<>".utf8)

  private static func senderDomain(_ address: [UInt8]) -> [UInt8]? {
    address == nobody || address.isEmpty ? nobody : AddressDomain.of(address)
  }
}
