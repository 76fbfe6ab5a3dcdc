// SPDX-License-Identifier: Apache-2.0

/// The mailers that have been defined, in the order of their numbers.
struct MailerNames: Sendable {
  /// The most mailers, sendmail's own included.
  static let maximumCount = 25

  /// The names as they are written. sendmail defines three mailers itself.
  private(set) var list: [ByteText] = []
  /// The number of each name in lower case.
  private var numbers: [String: Int] = [:]
  /// The numbers of those whose programs run as other users in sendmail's working directory.
  private var inWorkingDirectory: Set<Int> = []

  init() {
    for name in ["prog", "*file*", "*include*"] {
      insert(Array(name.utf8), runsInWorkingDirectory: name == "prog")
    }
  }

  /// The names of those whose programs run as other users in sendmail's working directory.
  var listInWorkingDirectory: [ByteText] { inWorkingDirectory.sorted().map { list[$0] } }

  /// True if a line has defined a mailer.
  var hasOwn: Bool { list.count > 3 }

  /// True if another line may define a mailer, be it one that there is already.
  var hasRoom: Bool { list.count < Self.maximumCount }

  /// Returns whether a mailer has this name.
  func contains(_ name: String) -> Bool { numbers[name] != nil }

  /// Adds a mailer. One of the same name keeps its number.
  mutating func insert(_ name: [UInt8], runsInWorkingDirectory: Bool) {
    let folded = OptionWords.folded(name)
    let number = numbers[folded] ?? list.count
    if number < list.count {
      list[number] = ByteText(name)
    } else {
      numbers[folded] = number
      list.append(ByteText(name))
    }
    if runsInWorkingDirectory {
      inWorkingDirectory.insert(number)
    } else {
      inWorkingDirectory.remove(number)
    }
  }
}

/// `M` lines (`makemailer` in sendmail's `readcf.c`).
extension ConfigurationParser {
  mutating func takeMailer() {
    let line = EquateLine(text)
    guard !line.name.isEmpty else {
      report("name required for mailer", at: 1)
      return
    }
    var program: [UInt8] = []
    var arguments: [[UInt8]] = []
    var keepsUser = false
    var letters: Set<Unicode.Scalar> = []
    for equate in line.equates {
      letters.insert(Unicode.Scalar(equate.letter))
      switch Unicode.Scalar(equate.letter) {
      case "F": keepsUser = equate.value.contains(UInt8(ascii: "S"))
      case "P": if !equate.value.isEmpty { program = equate.value }
      case "A": if !equate.value.isEmpty { arguments = Self.words(of: equate.value) }
      case "S", "R":
        guard takeRuleSets(equate) else { return }
      default: checkMailer(line.name, equate)
      }
    }
    if let offset = line.incomplete {
      report(Array("mailer ".utf8) + line.name + Array(": `=' expected".utf8), at: offset)
      return
    }
    // Without the flag S a program runs as the recipient or DefaultUser, with U= as that user.
    let isOwn = keepsUser && !letters.contains("U")
    let isProgram = program.first != UInt8(ascii: "[")
    define(
      line.name, program: program, arguments: arguments,
      runsInWorkingDirectory: isProgram && !isOwn && !letters.contains("D"))
  }

  /// The words of an `A=` as sendmail makes them: blanks at the start leave an empty one.
  private static func words(of value: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var rest = value[...]
    while !rest.isEmpty {
      let word = rest.prefix { !ASCII.isSpace($0) }
      words.append(Array(word))
      rest = rest[word.endIndex...].drop(while: ASCII.isSpace)
    }
    return words
  }

  /// Takes `S=envelope/header` and the like; `false` when sendmail gives the line up.
  private mutating func takeRuleSets(_ equate: EquateLine.Equate) -> Bool {
    guard let length = takeRuleSet(equate.value, at: equate.offset) else { return false }
    let rest = equate.value.dropFirst(length)
    guard rest.first == ASCII.slash else { return true }
    return takeRuleSet(rest.dropFirst(), at: equate.offset) != nil
  }

  private mutating func takeRuleSet(_ text: some Collection<UInt8>, at offset: Int) -> Int? {
    let result = ruleSets.take(text)
    if let error = result.error { report(error, at: offset) }
    return result.number == nil ? nil : result.length
  }

  private mutating func checkMailer(_ name: [UInt8], _ equate: EquateLine.Equate) {
    let offset = equate.offset
    func message(_ end: String) -> [UInt8] { Array("mailer ".utf8) + name + Array(end.utf8) }
    let required: [Unicode.Scalar: String] = [
      "E": ": null end-of-line string", "D": ": null working directory", "C": ": null charset",
      "Q": ": null queue", "/": ": null root directory",
    ]
    let letter = Unicode.Scalar(equate.letter)
    if let complaint = required[letter], equate.value.isEmpty {
      report(message(complaint), at: offset)
      return
    }
    switch letter {
    case "Q":
      let group = OptionWords.folded(equate.value)
      guard !configuration.queueGroups.contains(where: { OptionWords.folded($0.name) == group })
      else { return }
      report(message(": unknown queue ") + equate.value, at: offset)
    case "U": checkMailerUser(name, equate.value, at: offset)
    case "W":
      reportUnknownUnits(OptionValue.time(equate.value, unit: .seconds).unknownUnits, at: offset)
    case "M", "m", "r", "L", "N", "T", "E", "D", "C", "/": break
    default:
      report(
        Array("M".utf8) + name + Array(": unknown mailer equate ".utf8)
          + [equate.letter, ASCII.equals], at: offset)
    }
  }

  // MARK: U=

  /// Looks up the user and the group of `U=user:group`. A number is taken as it is.
  private mutating func checkMailerUser(_ name: [UInt8], _ value: [UInt8], at offset: Int) {
    var rest = value[...]
    if let first = rest.first, !ASCII.isDigit(first), first < 0x80 {
      let user = rest.prefix(while: Self.isUserNameByte)
      rest = rest[user.endIndex...].drop(while: ASCII.isSpace).dropFirst()
      guard !user.isEmpty else {
        report(
          Array("mailer ".utf8) + name + Array(": null user name".utf8), at: offset)
        return
      }
      guard configuration.accounts.user(named: Array(user)) != nil else {
        report(Array("readcf: mailer U= flag: unknown user ".utf8) + user, at: offset)
        return
      }
    } else if rest.isEmpty {
      report(Array("mailer ".utf8) + name + Array(": null user name".utf8), at: offset)
      return
    } else {
      rest = Self.afterNumber(rest).drop(while: ASCII.isSpace).dropFirst()
    }
    rest = rest.drop(while: ASCII.isSpace)
    guard let first = rest.first, !ASCII.isDigit(first), first < 0x80 else { return }
    let group = rest.prefix { Self.isUserNameByte($0) || $0 == ASCII.dot }
    guard !group.isEmpty else {
      report(Array("mailer ".utf8) + name + Array(": null group name".utf8), at: offset)
      return
    }
    guard configuration.accounts.group(named: Array(group)) == nil else { return }
    report(Array("readcf: mailer U= flag: unknown group ".utf8) + group, at: offset)
  }

  /// Returns the text after a number that is decimal, octal with a 0, or hexadecimal with 0x (`strtol`).
  private static func afterNumber(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.first == UInt8(ascii: "0") else { return text.drop(while: ASCII.isDigit) }
    let digits = text.dropFirst(2)
    if let mark = text.dropFirst().first, ASCII.lowercased(mark) == UInt8(ascii: "x"),
      let first = digits.first, ASCII.isHexadecimalDigit(first)
    {
      return digits.drop(while: ASCII.isHexadecimalDigit)
    }
    return text.drop { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
  }

  private static func isUserNameByte(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.minus || byte == ASCII.underscore
  }

  // MARK: The mailer as a whole

  private mutating func define(
    _ name: [UInt8], program: [UInt8], arguments: [[UInt8]], runsInWorkingDirectory: Bool
  ) {
    func refuse(_ complaint: String) {
      report(Array("M".utf8) + name + Array(": \(complaint)".utf8), at: 0)
    }
    if arguments.isEmpty { return refuse("A= argument required") }
    if program.isEmpty { return refuse("P= argument required") }
    guard mailers.hasRoom else {
      report("too many mailers defined (\(MailerNames.maximumCount) max)", at: 0)
      return
    }
    switch String(decoding: program, as: UTF8.self) {
    case "[TCP]": return refuse("P=[TCP] must be replaced by P=[IPC]")
    case "[IPC]":
      guard arguments.count > 1 else { return refuse("too few parameters for [IPC] mailer") }
      if !["TCP", "FILE"].contains(String(decoding: arguments[0], as: UTF8.self)) {
        report(
          Array("M".utf8) + name
            + Array(": Warning: first argument in [IPC] mailer must be TCP or FILE".utf8),
          at: 0, effect: .warning, isLocated: false)
      }
    case "[FILE]":
      guard arguments.count == 2 else {
        return refuse("too \(arguments.count < 2 ? "few" : "many") parameters for [FILE] mailer")
      }
      guard arguments[0] == Array("FILE".utf8) else {
        return refuse("first argument in [FILE] mailer must be FILE")
      }
    default: break
    }
    mailers.insert(name, runsInWorkingDirectory: runsInWorkingDirectory)
  }
}
