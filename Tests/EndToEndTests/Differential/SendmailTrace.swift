// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

/// The output of sendmail for a configuration with `-d37.8 -bt`: each option and each timeout as it is
/// set, and its messages among them.
struct SendmailTrace {
  /// The options by name, as sendmail shows their values; several values for those that add up.
  private(set) var options: [String: [[UInt8]]] = [:]
  /// The timeouts by name.
  private(set) var timeouts: [TimeoutName: [UInt8]] = [:]
  /// All of the output from the first override on.
  let text: [UInt8]
  /// The part of ``text`` that is about the overrides and the file.
  let body: [UInt8]
  /// True if sendmail has read the file to its end.
  let isComplete: Bool

  private static let accumulating: Set<String> = [
    "PrivacyOptions", "DontBlameSendmail", "DaemonPortOptions", "ClientPortOptions",
  ]

  /// Takes the output of a sendmail.
  init(_ output: [UInt8]) {
    // The defaults of the timeouts come first, the maps after the file.
    let start = output.firstRange(of: Array("control = 120\n".utf8))?.upperBound ?? 0
    text = Array(output[start...])
    let end = text.firstRange(of: Array("map host, class host".utf8))?.lowerBound
    isComplete = end != nil
    body = Array(text[..<(end ?? text.count)])
    for line in body.split(separator: ASCII.lineFeed) where line.starts(with: "setoption ".utf8) {
      takeOption(line.dropFirst("setoption ".utf8.count))
    }
    takeTimeouts(body[...])
  }

  /// `NAME (LETTER)=VALUE`, or with `.SUBOPTION` before the equals sign, and ` (ignored)` at the end
  /// of one that an override protects.
  private mutating func takeOption(_ line: ArraySlice<UInt8>) {
    var name = String(decoding: line.prefix { $0 != ASCII.space }, as: UTF8.self)
    // Shown by what they set. The definition of a macro sets no option.
    let isDetailed = name == "Timeout" || name == "Milter" || line.starts(with: " (M)".utf8)
    guard !isDetailed, !line.ends(with: " (ignored)".utf8) else { return }
    guard let value = line.firstRange(of: Array(")=".utf8))?.upperBound else { return }
    if name.isEmpty { name = String(decoding: line.dropFirst(2).prefix(1), as: UTF8.self) }
    if Self.accumulating.contains(name) {
      options[name, default: []].append(Array(line[value...]))
    } else {
      options[name] = [Array(line[value...])]
    }
  }

  /// `settimeout(NAME = VALUE)`, the value raw, line feeds included.
  private mutating func takeTimeouts(_ body: ArraySlice<UInt8>) {
    let starts = body.ranges(of: Array("settimeout(".utf8)).map(\.upperBound)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : body.endIndex
      let call = body[start..<end]
      guard let equals = call.firstRange(of: Array(" = ".utf8)),
        let timeout = TimeoutName(Array(call[..<equals.lowerBound])),
        let close = Self.closing(call[equals.upperBound...])
      else { continue }
      guard !call[close...].starts(with: ") (ignored)".utf8) else { continue }
      // `queuewarn` sets `queuewarn.normal` and its like too.
      timeouts = timeouts.filter { !$0.key.name.hasPrefix("\(timeout.name).") }
      timeouts[timeout] = Array(call[equals.upperBound..<close])
    }
  }

  /// The parenthesis that ends a call: the first with a line feed, a message or nothing after it.
  private static func closing(_ text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { index in
      guard text[index] == UInt8(ascii: ")") else { return false }
      let rest = text[(index + 1)...]
      return rest.isEmpty || rest.first == ASCII.lineFeed
        || ["F: line", " (ignored)", "settimeout: "].contains { rest.starts(with: $0.utf8) }
    }
  }

  /// `value` as sendmail's trace shows it.
  static func shown(_ value: [UInt8]) -> [UInt8] {
    value.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x20...0x7E: [byte]
      case ASCII.lineFeed: Array("\\n".utf8)
      case ASCII.carriageReturn: Array("\\r".utf8)
      case ASCII.tab: Array("\\t".utf8)
      default: Array(" 0x\(String(byte, radix: 16)) ".utf8)
      }
    }
  }
}

extension ArraySlice<UInt8> {
  func ends(with other: some BidirectionalCollection<UInt8>) -> Bool {
    suffix(other.count).elementsEqual(other)
  }
}
