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
  /// The place where it listens, which `Addr` and `Port` name.
  package var place: PortAddress = .internet(
    InternetAddress.every(isVersion6: false), port: smtpNumber)

  /// The port of SMTP where the machine has no such service.
  private static let smtpNumber: UInt16 = 25

  /// Takes `value` apart. Only the first letter of a field's name counts.
  ///
  /// `defaultName` is the name of a port that has none. `service` and `host` look up what it names.
  ///
  /// - Returns: the port and sendmail's complaints, each with the offset of the field at fault.
  static func parse(
    _ value: [UInt8], defaultName: String, service: (_ name: [UInt8]) -> Fact<UInt16>,
    host: (_ name: [UInt8], _ isVersion6: Bool) -> Fact<[UInt8]>
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
    errors += port.findPlace(service: service, host: host).map { ($0, 0) }
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

  /// Finds the place of the port, whichever order the fields came in.
  ///
  /// - Returns: sendmail's complaints about the address and then the port.
  @discardableResult mutating func findPlace(
    service: (_ name: [UInt8]) -> Fact<UInt16>,
    host: (_ name: [UInt8], _ isVersion6: Bool) -> Fact<[UInt8]>
  ) -> [[UInt8]] {
    switch family {
    case .unix:
      place = address.map { .local(path: $0) } ?? .unknown(reason: "it has no path")
      return [longPath, unsupported("Port", isGiven: port != nil)].compactMap { $0 }
    case .number(let number):
      place = .unknown(reason: "sendmail does not serve family \(number)")
      return [
        unsupported("address", isGiven: address != nil), unsupported("Port", isGiven: port != nil),
      ].compactMap { $0 }
    case .inet, .inet6:
      let (bytes, addressError) = findAddress(host)
      let (number, portError) = findNumber(service)
      place =
        number.map { .internet(bytes, port: $0) }
        ?? .unknown(reason: "its service is not known here")
      return [addressError, portError].compactMap { $0 }
    }
  }

  private var longPath: [UInt8]? {
    guard let address, address.count > ControlLimits.longestSocketPath else { return nil }
    return Array("setsockaddroptions: domain socket name too long: ".utf8) + address
      + Array(" > \(ControlLimits.longestSocketPath + 1)".utf8)
  }

  private func unsupported(_ field: String, isGiven: Bool) -> [UInt8]? {
    isGiven ? Array("\(field)= option unsupported for family \(family.number)".utf8) : nil
  }

  /// The address; `nil` for that of a host that is not known.
  private func findAddress(
    _ host: (_ name: [UInt8], _ isVersion6: Bool) -> Fact<[UInt8]>
  ) -> (bytes: [UInt8]?, error: [UInt8]?) {
    let isVersion6 = family == .inet6
    guard let address else { return (InternetAddress.every(isVersion6: isVersion6), nil) }
    let figures =
      isVersion6 ? InternetAddress.taggedVersion6(address) : InternetAddress.version4(address)
    if let figures { return (figures, nil) }
    let found = host(address, isVersion6)
    let error = Array("host \"".utf8) + address + Array("\" unknown".utf8)
    return (found.value, found == .absent ? error : nil)
  }

  /// The number of the port: that of SMTP when it is none or 0. `nil` for that of a service that is not known.
  private func findNumber(
    _ service: (_ name: [UInt8]) -> Fact<UInt16>
  ) -> (number: UInt16?, error: [UInt8]?) {
    guard let port else { return (Self.smtp(service), nil) }
    if let first = port.first, ASCII.isDigit(first) {
      let number = UInt16(truncatingIfNeeded: OptionValue.integer(port))
      return (number == 0 ? Self.smtp(service) : number, nil)
    }
    let found = service(port)
    if found.reason != nil, port == Self.smtpName { return (Self.smtp(service), nil) }
    let error = Array("service \"".utf8) + port + Array("\" unknown".utf8)
    return (found.value, found == .absent ? error : nil)
  }

  private static let smtpName = Array("smtp".utf8)

  private static func smtp(_ service: (_ name: [UInt8]) -> Fact<UInt16>) -> UInt16 {
    service(smtpName).value ?? smtpNumber
  }
}

extension DaemonPort {
  /// True if sendmail goes on without it when it cannot listen there (`M=O`).
  package var isOptional: Bool { modifiers.contains(UInt8(ascii: "O")) }

  /// True if its address is the loopback address, or has its name.
  package var isAtLoopback: Bool {
    guard case .internet(let bytes, _) = place else { return false }
    guard let bytes else {
      return ["localhost", "loopback"].contains(OptionWords.folded(address ?? []))
    }
    return bytes.count == 4 ? bytes[0] == 127 : bytes == InternetAddress.loopback6
  }

  /// The port that sendmail serves when no `DaemonPortOptions` are set: SMTP on every address.
  package static let everyAddress = DaemonPort(name: Array("MTA".utf8))
}

extension SendmailConfiguration {
  /// The ports that a daemon serves: those of `DaemonPortOptions`, or else SMTP on every address.
  package var servedPorts: [DaemonPort] { daemonPorts.isEmpty ? [.everyAddress] : daemonPorts }

  /// True if a socket of every IPv6 address leaves IPv4 to others on the machine of the daemon.
  package var bindsVersion6Only: Bool { machine.bindsVersion6Only }
}
