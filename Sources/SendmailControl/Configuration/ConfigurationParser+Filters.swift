// SPDX-License-Identifier: Apache-2.0

/// `X` lines (`milter_setup` in sendmail's `milter.c`).
extension ConfigurationParser {
  mutating func takeFilter() {
    let line = EquateLine(text)
    guard !line.name.isEmpty else {
      report("name required for mail filter", at: 1)
      return
    }
    let start = Array("X".utf8) + line.name
    var socket: (value: [UInt8], offset: Int) = ([], 0)
    for equate in line.equates {
      switch Unicode.Scalar(equate.letter) {
      case "S": socket = (equate.value, equate.offset)
      case "F": break
      case "T": takeFilterTimeouts(equate, of: start)
      default:
        report(
          start + Array(": unknown filter equate ".utf8) + [equate.letter, ASCII.equals],
          at: equate.offset)
      }
    }
    if let offset = line.incomplete {
      report(start + Array(": `=' expected".utf8), at: offset)
      return
    }
    checkFilterSocket(socket.value, of: start, at: socket.offset)
    if !filters.insert(OptionWords.folded(line.name)).inserted {
      report(start + Array(": duplicate filter definition".utf8), at: 0)
    } else if let number = self.line?.firstNumber,
      let filter = ConfiguredFilter(line, at: number, on: configuration.machine)
    {
      configuration.filters.append(filter)
    }
  }

  /// `T=C:5m;S:10s` (`milter_parse_timeouts`).
  private mutating func takeFilterTimeouts(_ equate: EquateLine.Equate, of start: [UInt8]) {
    let offset = equate.offset
    var rest = equate.value[...]
    while !rest.isEmpty {
      rest = rest.drop { $0 == UInt8(ascii: ";") || ASCII.isSpace($0) }
      let letter = rest.first ?? ASCII.null
      rest = rest.drop { $0 != ASCII.colon }
      guard rest.first == ASCII.colon else {
        report(start + Array(", T=: `:' expected".utf8), at: offset)
        return
      }
      let (value, end) = QuotedText.take(
        rest.dropFirst().drop(while: ASCII.isSpace), until: UInt8(ascii: ";"))
      rest = rest[end...]
      if "CSRE".utf8.contains(letter) {
        reportUnknownUnits(OptionValue.time(value, unit: .seconds).unknownUnits, at: offset)
      } else {
        report(start + Array(": unknown filter timeout ".utf8) + [letter], at: offset)
      }
    }
  }

  // MARK: S=

  /// Checks `protocol:path` or `protocol:port@host` (`milter_open`).
  private mutating func checkFilterSocket(
    _ value: [UInt8], of start: [UInt8], at offset: Int
  ) {
    guard !value.isEmpty else {
      report(start + Array(": empty or missing socket information".utf8), at: offset)
      return
    }
    let colon = value.firstIndex(of: ASCII.colon)
    let kind = colon.map { value[..<$0] } ?? []
    let address = colon.map { Array(value[($0 + 1)...]) } ?? value
    switch OptionWords.folded(kind) {
    case "", "unix", "local": checkFilterPath(address, of: start, at: offset)
    case "inet": checkFilterAddress(address, isVersion6: false, of: start, at: offset)
    case "inet6": checkFilterAddress(address, isVersion6: true, of: start, at: offset)
    default:
      report(
        start + Array(": unknown socket type ".utf8) + kind, at: offset,
        because: "Protocol not supported")
    }
  }

  private mutating func checkFilterPath(_ path: [UInt8], of start: [UInt8], at offset: Int) {
    let shown = start + Array(": local socket name ".utf8) + path
    guard path.count <= ControlLimits.longestSocketPath else {
      report(shown + Array(" too long".utf8), at: offset, because: "Invalid argument")
      return
    }
    guard let files = conditions.files, let rule = filterSocket.rule(brokenBy: path, in: files)
    else { return }
    if rule == .missing {
      report(
        Array("WARNING: ".utf8) + shown + Array(" missing".utf8), at: offset, effect: .warning,
        isLocated: false)
    } else {
      report(shown + Array(" unsafe".utf8), at: offset, because: rule.reason ?? "\(rule)")
    }
  }

  private mutating func checkFilterAddress(
    _ address: [UInt8], isVersion6: Bool, of start: [UInt8], at offset: Int
  ) {
    guard let mark = address.firstIndex(of: UInt8(ascii: "@")) else {
      report(
        start + Array(": bad address ".utf8) + address + Array(" (expected port@host)".utf8),
        at: offset)
      return
    }
    let port = Array(address[..<mark])
    if !(port.first.map(ASCII.isDigit) ?? false), configuration.machine.service(port) == .absent {
      report(start + Array(": unknown port name ".utf8) + port, at: offset)
      return
    }
    let host = address[(mark + 1)...]
    guard host.first == UInt8(ascii: "[") else {
      guard lookUp(host: Array(host), isVersion6: isVersion6) == .absent else { return }
      report(start + Array(": Unknown host name ".utf8) + host, at: offset)
      return
    }
    let end = host.firstIndex(of: UInt8(ascii: "]"))
    let number = end.map { Array(host[..<$0].dropFirst()) }
    let read = isVersion6 ? InternetAddress.taggedVersion6 : InternetAddress.version4
    guard let number, read(number) != nil else {
      report(
        start + Array(": Invalid numeric domain spec \"".utf8) + host + [ASCII.doubleQuote],
        at: offset)
      return
    }
  }
}
