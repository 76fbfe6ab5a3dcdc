// SPDX-License-Identifier: Apache-2.0

/// An option line or override taken apart: which option, which suboption, what value.
struct OptionAssignment: Equatable {
  var option: ConfigurationOption
  /// The text after the dot, for the options that have suboptions.
  var suboption: [UInt8]?
  var value: [UInt8]
  /// The offset of the value in what was parsed.
  var valueOffset: Int
  /// The name as written when it is an abbreviation.
  var abbreviation: [UInt8]?
}

/// The reason why a name is not an option's; the text is sendmail's.
struct OptionNameError: Error, Equatable {
  var message: [UInt8]
}

extension OptionAssignment {
  /// Parses what follows the `O`: a letter and its value, or a blank, a long name and its value
  /// (`setoption` in `readcf.c`).
  init(
    line text: ArraySlice<UInt8>, in build: SendmailBuild = .debian
  ) throws(OptionNameError) {
    // At the end of the line sendmail's letter is the NUL.
    let letter = text.first ?? ASCII.null
    if letter == ASCII.space {
      try self.init(longForm: text.dropFirst(), in: build)
      valueOffset += 1
    } else {
      try self.init(letter: letter, value: text.dropFirst())
    }
  }

  /// Takes the value as it is, blanks included. A byte above 0x7F is no letter, although the codes of
  /// the long names are such bytes: sendmail compares it as a negative number.
  init(letter: UInt8, value: ArraySlice<UInt8>) throws(OptionNameError) {
    guard letter < 0x80, let option = OptionTable.option(OptionCode(rawValue: letter)) else {
      throw OptionNameError(
        message: Array("readcf: unknown option name 0x\(String(letter, radix: 16))".utf8))
    }
    self.init(option: option, suboption: nil, value: Array(value), valueOffset: 1)
  }

  /// Parses `name[.sub][blanks][=[blanks]value]`. Only SP counts as a blank.
  init(
    longForm text: ArraySlice<UInt8>, in build: SendmailBuild = .debian
  ) throws(OptionNameError) {
    let nameEnd = text.firstIndex(of: ASCII.equals) ?? text.endIndex
    guard nameEnd > text.startIndex else {
      throw OptionNameError(message: Array("readcf: null option name".utf8))
    }
    var name = text[..<nameEnd]
    while name.last == ASCII.space { name.removeLast() }
    let value = text[nameEnd...].dropFirst().drop { $0 == ASCII.space }
    var suboption: [UInt8]?
    if let dot = name.firstIndex(of: ASCII.dot) {
      suboption = Array(name[dot...].dropFirst())
      name = name[..<dot]
    }
    let option = try Self.option(named: name, in: build)
    self.init(
      option: option, suboption: option.hasSuboptions ? suboption : nil, value: Array(value),
      valueOffset: value.startIndex - text.startIndex,
      abbreviation: name.count < option.name.utf8.count ? Array(name) : nil)
  }

  private static func option(
    named name: ArraySlice<UInt8>, in build: SendmailBuild
  ) throws(OptionNameError) -> ConfigurationOption {
    switch OptionTable.match(name, in: build) {
    case .exact(let option), .abbreviation(let option):
      return option
    case .unknown:
      throw OptionNameError(message: Array("readcf: unknown option name ".utf8) + name)
    case .ambiguous(let first, let second):
      throw OptionNameError(
        message: Array("readcf: ambiguous option name ".utf8) + name
          + Array(" (matches \(first.name) and \(second.name))".utf8))
    }
  }
}
