// SPDX-License-Identifier: Apache-2.0

/// A name after `Timeout.`, with the unit of a bare number and the value without a setting
/// (`settimeout` and `inittimeouts` in sendmail's `readcf.c`).
///
/// The raw value is sendmail's own number, which counts where one name stands for several.
package enum TimeoutName: UInt8, Sendable, CaseIterable {
  case initial = 0x01
  case mail = 0x02
  case rcpt = 0x03
  case datainit = 0x04
  case datablock = 0x05
  case datafinal = 0x06
  case command = 0x07
  case rset = 0x08
  case helo = 0x09
  case quit = 0x0A
  case misc = 0x0B
  case ident = 0x0C
  case fileopen = 0x0D
  case connect = 0x0E
  case iconnect = 0x0F
  case queuewarn = 0x10
  case queuewarnNormal = 0x11
  case queuewarnUrgent = 0x12
  case queuewarnNonUrgent = 0x13
  case queuereturn = 0x14
  case queuereturnNormal = 0x15
  case queuereturnUrgent = 0x16
  case queuereturnNonUrgent = 0x17
  case hoststatus = 0x18
  case resolverRetrans = 0x19
  case resolverRetransNormal = 0x1A
  case resolverRetransFirst = 0x1B
  case resolverRetry = 0x1C
  case resolverRetryNormal = 0x1D
  case resolverRetryFirst = 0x1E
  case control = 0x1F
  case lhlo = 0x20
  case auth = 0x21
  case starttls = 0x22
  case aconnect = 0x23
  case queuewarnDSN = 0x24
  case queuereturnDSN = 0x25

  /// The name as it stands after the dot.
  package var name: String {
    // Written out: to print a case by its name takes longer than all else that a line takes.
    switch self {
    case .queuewarnNormal: "queuewarn.normal"
    case .queuewarnUrgent: "queuewarn.urgent"
    case .queuewarnNonUrgent: "queuewarn.non-urgent"
    case .queuewarnDSN: "queuewarn.dsn"
    case .queuereturnNormal: "queuereturn.normal"
    case .queuereturnUrgent: "queuereturn.urgent"
    case .queuereturnNonUrgent: "queuereturn.non-urgent"
    case .queuereturnDSN: "queuereturn.dsn"
    case .resolverRetrans: "resolver.retrans"
    case .resolverRetransNormal: "resolver.retrans.normal"
    case .resolverRetransFirst: "resolver.retrans.first"
    case .resolverRetry: "resolver.retry"
    case .resolverRetryNormal: "resolver.retry.normal"
    case .resolverRetryFirst: "resolver.retry.first"
    case .initial: "initial"
    case .mail: "mail"
    case .rcpt: "rcpt"
    case .datainit: "datainit"
    case .datablock: "datablock"
    case .datafinal: "datafinal"
    case .command: "command"
    case .rset: "rset"
    case .helo: "helo"
    case .quit: "quit"
    case .misc: "misc"
    case .ident: "ident"
    case .fileopen: "fileopen"
    case .connect: "connect"
    case .iconnect: "iconnect"
    case .queuewarn: "queuewarn"
    case .queuereturn: "queuereturn"
    case .hoststatus: "hoststatus"
    case .control: "control"
    case .lhlo: "lhlo"
    case .auth: "auth"
    case .starttls: "starttls"
    case .aconnect: "aconnect"
    }
  }

  /// The timeout that `name` means, compared without case and never abbreviated, or `nil`.
  package init?(_ name: [UInt8]) {
    let folded = name.map(ASCII.lowercased)
    guard let timeout = Self.byName[folded] else { return nil }
    self = timeout
  }

  private static let byName: [[UInt8]: TimeoutName] = {
    var names = Dictionary(uniqueKeysWithValues: allCases.map { (Array($0.name.utf8), $0) })
    names[Array("queuewarn.*".utf8)] = .queuewarn
    names[Array("queuereturn.*".utf8)] = .queuereturn
    return names
  }()

  /// The unit of a number without one; `nil` for `resolver.retry`, which counts tries.
  package var unit: OptionValue.TimeUnit? {
    switch self {
    case .queuewarn, .queuewarnNormal, .queuewarnUrgent, .queuewarnNonUrgent, .queuewarnDSN: .hours
    case .queuereturn, .queuereturnNormal, .queuereturnUrgent, .queuereturnNonUrgent,
      .queuereturnDSN:
      .days
    case .resolverRetrans, .resolverRetransNormal, .resolverRetransFirst: .seconds
    case .resolverRetry, .resolverRetryNormal, .resolverRetryFirst: nil
    default: .minutes
    }
  }

  /// The names that a setting of this one overwrites.
  var covered: [TimeoutName] {
    switch self {
    case .queuewarn: [.queuewarnNormal, .queuewarnUrgent, .queuewarnNonUrgent, .queuewarnDSN]
    case .queuereturn:
      [.queuereturnNormal, .queuereturnUrgent, .queuereturnNonUrgent, .queuereturnDSN]
    case .resolverRetrans: [.resolverRetransNormal, .resolverRetransFirst]
    case .resolverRetry: [.resolverRetryNormal, .resolverRetryFirst]
    default: []
    }
  }

  /// The names that an override of this one protects from the file. For the ones that stand for
  /// several sendmail protects the next two numbers, whichever they are.
  var protected: [TimeoutName] {
    guard !covered.isEmpty else { return [self] }
    return (0...2).compactMap { TimeoutName(rawValue: rawValue + $0) }
  }

  /// The value sendmail starts with, as one would write it.
  package var defaultText: String {
    switch self {
    case .connect, .iconnect, .aconnect, .queuewarn, .queuewarnNormal, .queuewarnUrgent,
      .queuewarnNonUrgent, .queuewarnDSN, .resolverRetrans, .resolverRetransNormal,
      .resolverRetransFirst, .resolverRetry, .resolverRetryNormal, .resolverRetryFirst:
      "0"
    case .initial, .helo, .datainit, .rset: "5m"
    case .mail, .auth: "10m"
    case .rcpt, .datablock, .datafinal, .command, .starttls: "1h"
    case .quit, .misc, .control, .lhlo: "2m"
    case .ident: "5s"
    case .fileopen: "60s"
    case .hoststatus: "30m"
    case .queuereturn, .queuereturnNormal, .queuereturnUrgent, .queuereturnNonUrgent,
      .queuereturnDSN:
      "5d"
    }
  }
}
