// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// A kind of value that options and arguments take.
struct ValueKind<Value: Sendable>: Sendable {
  /// The form of a valid word, for messages; `nil` for one of the candidates.
  var expected: String?
  /// The words there are, or where they are found.
  let candidates: Candidates
  /// Returns the value of a word, or `nil` for a word that has none.
  let parse: @Sendable (Word) -> Value?
}

/// The words that can stand at a place, for completion and help.
enum Candidates: Sendable {
  /// One of these.
  case words([String])
  /// One of many, made when they are needed: all rows of the table are made for every command line.
  case names(@Sendable () -> [String])
  /// A file.
  case file
  /// A control socket.
  case socket
  /// A configuration file of sendmail.
  case configurationFile
  /// The address of an SMTP client.
  case peer
  /// The name of a command.
  case command
  /// Anything.
  case free

  /// The words, where they are known beforehand.
  var words: [String] {
    switch self {
    case .words(let words): words
    case .names(let names): names()
    case .file, .socket, .configurationFile, .peer, .command, .free: []
    }
  }
}

extension ValueKind where Value == FilePath {
  static var file: Self { path(.file) }
  static var socket: Self { path(.socket) }
  static var configurationFile: Self { path(.configurationFile) }

  private static func path(_ candidates: Candidates) -> Self {
    ValueKind(expected: "a path", candidates: candidates) { word in
      word.isEmpty || word.contains(ASCII.null) ? nil : FilePath(bytes: word)
    }
  }
}

extension ValueKind where Value == Word {
  /// Any word.
  static var any: Self { ValueKind(expected: "a word", candidates: .free) { $0 } }

  /// The address of a peer, or a part of one.
  static var peer: Self {
    ValueKind(expected: "an address or a part of one", candidates: .peer) { $0.isEmpty ? nil : $0 }
  }
}

extension ValueKind where Value == Duration {
  /// A number of seconds greater than zero, fractions allowed.
  static var seconds: Self {
    ValueKind(expected: "a number of seconds above 0", candidates: .free) { word in
      guard let number = Double(String(decoding: word, as: UTF8.self)), number > 0,
        number <= 1_000_000
      else { return nil }
      return .nanoseconds(Int64(number * 1e9))
    }
  }

  /// A time in whole seconds: `90`, or numbers with the units d, h, m and s, the larger ones first.
  static var age: Self {
    ValueKind(expected: "seconds, or a time such as 5m, 1h30m or 2d", candidates: .free) { word in
      Age.seconds(word).map { .seconds($0) }
    }
  }
}

extension ValueKind where Value == Int {
  /// A whole number above zero.
  static var count: Self {
    ValueKind(expected: "a number above 0", candidates: .free) { word in
      guard word.allSatisfy(ASCII.isDigit), let number = Int(String(decoding: word, as: UTF8.self)),
        number > 0
      else { return nil }
      return number
    }
  }
}

extension ValueKind where Value: CaseIterable & RawRepresentable<String> {
  /// One of the type's own words.
  static var words: Self {
    ValueKind(candidates: .words(Value.allCases.map(\.rawValue))) {
      Value(rawValue: String(decoding: $0, as: UTF8.self))
    }
  }
}

extension ValueKind where Value == ConfigurationKind {
  /// The letters of sendmail's own `-A`.
  static var letter: Self {
    ValueKind(candidates: .words(["m", "c"])) { word in
      switch word {
      case [UInt8(ascii: "m")]: .mta
      case [UInt8(ascii: "c")]: .msp
      default: nil
      }
    }
  }
}

/// The text form of a time.
private enum Age {
  static func seconds(_ text: Word) -> Int64? {
    if let seconds = number(text[...]) { return seconds }
    var rest = text[...]
    var total: Int64 = 0
    for (letter, seconds) in zip("dhms".utf8, [86400, 3600, 60, 1] as [Int64]) {
      guard let end = rest.firstIndex(of: letter) else { continue }
      guard let number = number(rest[..<end]) else { return nil }
      total += number * seconds
      rest = rest[end...].dropFirst()
    }
    return rest.isEmpty && !text.isEmpty ? total : nil
  }

  /// At most nine digits, so that no sum of them is too large.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard (1...9).contains(digits.count), digits.allSatisfy(ASCII.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }
}
