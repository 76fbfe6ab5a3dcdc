// SPDX-License-Identifier: Apache-2.0

/// An option of sendmail.cf: its long name and the code sendmail knows it by.
package struct ConfigurationOption: Sendable, Hashable {
  /// The long name as sendmail spells it; empty for the two options that only have a letter.
  package let name: String
  /// The letter of the short form, or a number above 0x80 when there is none.
  package let code: OptionCode
  /// True if `name.sub` names a setting of its own (`Timeout`, `Milter`). With every other option
  /// sendmail passes over what follows the dot.
  package let hasSuboptions: Bool
  /// The version with which it came; `nil` for one that 8.15 has.
  let since: SendmailVersion?
  /// The name in lower case, for comparing.
  let foldedName: [UInt8]

  init(
    _ name: String, code: UInt8, hasSuboptions: Bool = false, since: SendmailVersion? = nil
  ) {
    self.since = since
    self.name = name
    self.code = OptionCode(rawValue: code)
    self.hasSuboptions = hasSuboptions
    foldedName = name.utf8.map(ASCII.lowercased)
  }

  init(_ name: String, letter: Unicode.Scalar, hasSuboptions: Bool = false) {
    self.init(name, code: UInt8(ascii: letter), hasSuboptions: hasSuboptions)
  }

  /// The long name, or the letter of an option that has none.
  var shownName: String { name.isEmpty ? letter.map(String.init) ?? "" : name }

  /// The letter of the short form, or `nil` when the option has only its long name.
  package var letter: Character? {
    code.rawValue < 0x80 ? Character(Unicode.Scalar(code.rawValue)) : nil
  }
}

/// The meaning of an option's name in a line or on the command line.
package enum OptionMatch: Sendable, Equatable {
  /// The whole name, in any case.
  case exact(ConfigurationOption)
  /// The beginning of one name only.
  case abbreviation(ConfigurationOption)
  /// The beginning of several names; these are the two sendmail mentions.
  case ambiguous(ConfigurationOption, ConfigurationOption)
  /// No option's name begins like this.
  case unknown
}

/// The table of options, and how sendmail finds a name in it.
package enum OptionTable {
  /// Looks `name` up as `setoption` in `readcf.c` does: without case, the first entry that `name`
  /// is the beginning of, unless a second follows; a whole name wins unless it comes third.
  ///
  /// `build` is the sendmail, which may lack options of newer ones.
  package static func match(
    _ name: some Collection<UInt8>, in build: SendmailBuild = .debian
  ) -> OptionMatch {
    let folded = name.map(ASCII.lowercased)
    var candidate: ConfigurationOption?
    for option in options where option.foldedName.starts(with: folded) && build.has(option) {
      if option.foldedName.count == folded.count { return .exact(option) }
      if let candidate { return .ambiguous(candidate, option) }
      candidate = option
    }
    return candidate.map(OptionMatch.abbreviation) ?? .unknown
  }

  /// The option with this letter or code, or `nil`.
  package static func option(_ code: OptionCode) -> ConfigurationOption? {
    byCode[code]
  }

  private static let byCode: [OptionCode: ConfigurationOption] = Dictionary(
    options.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
}
