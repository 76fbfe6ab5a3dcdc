// SPDX-License-Identifier: Apache-2.0

/// A value of `DaemonPortOptions` or `ClientPortOptions` taken apart (`setsockaddroptions` in
/// sendmail's `daemon.c`).
package struct DaemonPort: Sendable, Hashable {
  /// An address family.
  package enum Family: Sendable, Hashable {
    /// A socket in the file system.
    case unix
    /// IPv4.
    case inet
    /// IPv6.
    case inet6
    /// A family given by its number, which sendmail does not serve.
    case number(Int)

    /// The number of the family on Linux.
    var number: Int {
      switch self {
      case .unix: 1
      case .inet: 2
      case .inet6: 10
      case .number(let number): number
      }
    }
  }

  /// `Name`; `Daemon` and the daemon's index when it is not given.
  package var name: [UInt8]
  /// `Family`; IPv4 when it is not given.
  package var family: Family = .inet
  /// `Addr`, as written; `nil` means every address.
  package var address: [UInt8]?
  /// `Port`, as written: a number or a service; `nil` means `smtp`.
  package var port: [UInt8]?
  /// `M`, the modifiers, one letter each.
  package var modifiers: Set<UInt8> = []
  /// `Listen`, the length of the queue of connections; 10 when it is not given.
  package var listenQueue = 10
  /// `DeliveryMode` of this port, its letter.
  package var deliveryMode: UInt8?
  /// `children`, this port's `MaxDaemonChildren`.
  package var maximumChildren: Int?
  /// `delayLA` of this port.
  package var delayLA: Int?
  /// `queueLA` of this port.
  package var queueLA: Int?
  /// `refuseLA` of this port.
  package var refuseLA: Int?
  /// `InputMailFilters` of this port.
  package var inputMailFilters: [UInt8]?
  /// `ReceiveSize`, in bytes.
  package var receiveBufferSize: Int?
  /// `SendSize`, in bytes.
  package var sendBufferSize: Int?

  /// The port number, if it is written as one; `nil` for a service's name.
  package var portNumber: Int? {
    guard let first = port?.first, ASCII.isDigit(first) else { return nil }
    return port.map { Int(UInt16(truncatingIfNeeded: OptionValue.integer($0))) }
  }

  /// Takes `value` apart. Only the first letter of a field's name counts.
  ///
  /// `defaultName` is the name of a port that has none.
  ///
  /// - Returns: the port and sendmail's complaints, each with the offset of the field at fault.
  static func parse(
    _ value: [UInt8], defaultName: String
  ) -> (port: DaemonPort, errors: [(message: [UInt8], offset: Int)]) {
    var port = DaemonPort(name: Array(defaultName.utf8))
    var errors: [(message: [UInt8], offset: Int)] = []
    var rest = value[...]
    while true {
      rest = rest.drop(while: ASCII.isSpace)
      guard !rest.isEmpty else { break }
      let field = rest.prefix { $0 != ASCII.comma }
      rest = rest[field.endIndex...].dropFirst()
      guard let equals = field.firstIndex(of: ASCII.equals) else { continue }
      let text = field[equals...].dropFirst().drop(while: ASCII.isSpace)
      if let error = port.take(field, letter: field[field.startIndex], text: Array(text)) {
        errors.append((error, field.startIndex))
      }
    }
    errors += port.unsupported().map { ($0, 0) }
    return (port, errors)
  }

  /// Takes one field, and returns sendmail's complaint about it.
  private mutating func take(_ field: ArraySlice<UInt8>, letter: UInt8, text: [UInt8]) -> [UInt8]? {
    switch Unicode.Scalar(letter) {
    case "A", "a": address = text
    case "c": maximumChildren = OptionValue.integer(text)
    case "D":
      guard let mode = text.first, "qdib".utf8.contains(mode) else {
        return Array("Unknown delivery mode ".utf8) + text.prefix(1)
      }
      deliveryMode = mode
    case "d": delayLA = OptionValue.integer(text)
    case "F", "f": return take(family: text)
    case "I", "i": inputMailFilters = text
    case "L", "l": listenQueue = OptionValue.integer(text)
    case "M", "m": take(modifiers: text)
    case "N", "n": name = text
    case "P", "p": port = text
    case "q": queueLA = OptionValue.integer(text)
    case "R": receiveBufferSize = OptionValue.integer(text)
    case "r": refuseLA = OptionValue.integer(text)
    case "S", "s": sendBufferSize = OptionValue.integer(text)
    default:
      return Array("PortOptions parameter \"".utf8) + field + Array("\" unknown".utf8)
    }
    return nil
  }

  private mutating func take(family text: [UInt8]) -> [UInt8]? {
    if let first = text.first, ASCII.isDigit(first) {
      let number = OptionValue.integer(text)
      family = [Family.unix, .inet, .inet6].first { $0.number == number } ?? .number(number)
      return nil
    }
    switch OptionWords.folded(text) {
    case "unix", "local": family = .unix
    case "inet": family = .inet
    case "inet6": family = .inet6
    default:
      return Array("Unknown address family ".utf8) + text + Array(" in Family=option".utf8)
    }
    return nil
  }

  /// Sets the modifiers, unless there are so many that sendmail passes over them.
  private mutating func take(modifiers text: [UInt8]) {
    guard 3 * text.count + 3 <= 256 else { return }
    modifiers = Set(text.filter { (0x21...0x7E).contains($0) })
  }

  /// The complaints that depend on the family, whichever order the fields came in.
  private func unsupported() -> [[UInt8]] {
    var errors: [[UInt8]] = []
    if let address {
      switch family {
      case .unix where address.count > ControlLimits.longestSocketPath:
        errors.append(
          Array("setsockaddroptions: domain socket name too long: ".utf8) + address
            + Array(" > \(ControlLimits.longestSocketPath + 1)".utf8))
      case .number(let number):
        errors.append(Array("address= option unsupported for family \(number)".utf8))
      default: break
      }
    }
    if port != nil {
      switch family {
      case .inet, .inet6: break
      default: errors.append(Array("Port= option unsupported for family \(family.number)".utf8))
      }
    }
    return errors
  }
}

extension DaemonPort {
  /// The port that sendmail serves when no `DaemonPortOptions` are set: SMTP on every address.
  package static let everyAddress = DaemonPort(name: Array("MTA".utf8))
}

extension SendmailConfiguration {
  /// The ports that a daemon serves: those of `DaemonPortOptions`, or else SMTP on every address.
  package var servedPorts: [DaemonPort] { daemonPorts.isEmpty ? [.everyAddress] : daemonPorts }
}
