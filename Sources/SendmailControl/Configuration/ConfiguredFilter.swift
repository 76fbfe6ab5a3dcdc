// SPDX-License-Identifier: Apache-2.0

/// A mail filter of an `X` line.
package struct ConfiguredFilter: Sendable, Equatable {
  /// Its name.
  package var name: [UInt8]
  /// The line, counted from 1.
  var line: Int
  /// `F=`, a letter each: `R` and `T` refuse mail while the filter cannot be reached, for good and for now.
  var flags: [UInt8]
  /// `S=` taken apart: the family, the address and the port.
  package var place: DaemonPort

  /// True if mail is refused while the filter cannot be reached.
  var isRequired: Bool { flags.contains(UInt8(ascii: "R")) || flags.contains(UInt8(ascii: "T")) }

  /// The filter of an `X` line; `nil` when its `S=` names no place.
  init?(_ line: EquateLine, at number: Int, on machine: Machine) {
    func value(_ letter: Unicode.Scalar) -> [UInt8] {
      line.equates.last { $0.letter == UInt8(ascii: letter) }?.value ?? []
    }
    name = line.name
    self.line = number
    flags = value("F")
    let socket = value("S")
    place = DaemonPort(name: name)
    let colon = socket.firstIndex(of: ASCII.colon)
    let address = colon.map { Array(socket[($0 + 1)...]) } ?? socket
    switch OptionWords.folded(colon.map { socket[..<$0] } ?? []) {
    case "", "unix", "local":
      place.family = .unix
      place.address = address
    case let family where family == "inet" || family == "inet6":
      guard let mark = address.firstIndex(of: UInt8(ascii: "@")) else { return nil }
      place.family = family == "inet" ? .inet : .inet6
      place.port = Array(address[..<mark])
      let host = address[(mark + 1)...]
      let isInFigures = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]")
      place.address = Array(isInFigures ? host.dropFirst().dropLast() : host)
    default: return nil
    }
    place.findPlace(service: machine.service, host: machine.host)
  }
}

extension SendmailConfiguration {
  /// The filters that `InputMailFilters` or a port names, each once.
  package var filtersInUse: [ConfiguredFilter] {
    let lists =
      [setting(.inputMailFilters)?.value ?? []] + daemonPorts.map { $0.inputMailFilters ?? [] }
    let names = Set(
      lists.flatMap { $0.split { $0 == UInt8(ascii: ";") || $0 == ASCII.comma } }
        .map { OptionWords.folded($0.drop(while: ASCII.isSpace)) })
    return filters.filter { names.contains(OptionWords.folded($0.name)) }
  }
}
