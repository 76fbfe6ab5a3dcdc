// SPDX-License-Identifier: Apache-2.0

/// A line of a control file, by its letter (the operations guide's appendix on queue files, and
/// `readqf` in sendmail's `queue.c`).
package enum QueueControlLine: Sendable, Equatable {
  /// `V`: the version of the format; 8 since sendmail 8.13.
  case version(Int)
  /// `T`: the time of arrival, in seconds since 1970.
  case created(Int)
  /// `K`: the time of the last attempt, in seconds since 1970; 0 for none.
  case lastAttempt(Int)
  /// `N`: the number of attempts.
  case attempts(Int)
  /// `P`: the priority; higher numbers wait longer.
  case priority(Int)
  /// `M`: the status: in words, the reason why the message still waits.
  case status([UInt8])
  /// `R`: a remaining recipient.
  case recipient(QueueRecipient)
  /// `S`: the sender; `<>` for a delivery report.
  case sender([UInt8])
  /// `q`: the reason of the quarantine.
  case quarantine([UInt8])
  /// `F`: flags, one letter each.
  case flags([UInt8])
  /// `d`: the directory of the body, where it is not that of the control file.
  case bodyDirectory([UInt8])
  /// `B`: the type of the body.
  case bodyType([UInt8])
  /// `A`: the parameter `AUTH=` of the sender.
  case authParameter([UInt8])
  /// A line of another letter, known to sendmail or not, without its text.
  case other(UInt8)
  /// `.`: the end. A control file without it was cut short.
  case end
  /// The first line after the end, which sendmail takes for an attack.
  case afterEnd
  /// The end of a file of one line that does not end, which sendmail takes for an empty file.
  case noLineEnd
}

/// A recipient of a message.
package struct QueueRecipient: Sendable, Equatable {
  /// The flags before the colon; empty in format 0, which has none.
  package var flags: [UInt8]
  /// The address as sendmail wrote it, or its beginning.
  package var address: [UInt8]
  /// True if the line was too long and the address is only its beginning.
  package var isCut: Bool

  /// A recipient with these flags and this address.
  package init(flags: [UInt8], address: [UInt8], isCut: Bool = false) {
    self.flags = flags
    self.address = address
    self.isCut = isCut
  }
}
