// SPDX-License-Identifier: Apache-2.0

/// A word of `PrivacyOptions` (`PrivacyValues` in sendmail's `conf.c`).
package enum PrivacyOption: String, Sendable, CaseIterable {
  case `public`
  case needmailhelo
  case needexpnhelo
  case needvrfyhelo
  case noexpn
  case novrfy
  case restrictexpand
  case restrictmailq
  case restrictqrun
  case noetrn
  case noverb
  case authwarnings
  case noreceipts
  case nobodyreturn
  case goaway
  case noactualrecipient

  /// The option that `word` names, compared without case, or `nil`.
  package init?(word: some Collection<UInt8>) {
    self.init(rawValue: OptionWords.folded(word))
  }
}

/// A word of `DontBlameSendmail` (`DontBlameSendmailValues` in sendmail's `conf.c`): a check of file
/// safety that sendmail leaves out.
package enum DontBlameSendmail: String, Sendable, CaseIterable {
  case safe
  case assumesafechown
  case groupwritabledirpathsafe
  case groupwritableforwardfilesafe
  case groupwritableincludefilesafe
  case groupwritablealiasfile
  case worldwritablealiasfile
  case forwardfileinunsafedirpath
  case includefileinunsafedirpath
  case mapinunsafedirpath
  case linkedaliasfileinwritabledir
  case linkedclassfileinwritabledir
  case linkedforwardfileinwritabledir
  case linkedincludefileinwritabledir
  case linkedmapinwritabledir
  case linkedserviceswitchfileinwritabledir
  case filedeliverytohardlink
  case filedeliverytosymlink
  case writemaptohardlink
  case writemaptosymlink
  case writestatstohardlink
  case writestatstosymlink
  case forwardfileingroupwritabledirpath
  case includefileingroupwritabledirpath
  case classfileinunsafedirpath
  case errorheaderinunsafedirpath
  case helpfileinunsafedirpath
  case forwardfileinunsafedirpathsafe
  case includefileinunsafedirpathsafe
  case runprograminunsafedirpath
  case runwritableprogram
  case nonrootsafeaddr
  case truststickybit
  case dontwarnforwardfileinunsafedirpath
  case insufficiententropy
  case groupreadablesasldbfile
  case groupwritablesasldbfile
  case groupwritableforwardfile
  case groupwritableincludefile
  case worldwritableforwardfile
  case worldwritableincludefile
  case groupreadablekeyfile
  case groupreadabledefaultauthinfofile

  /// The check that `word` names, compared without case, or `nil`.
  package init?(word: some Collection<UInt8>) {
    self.init(rawValue: OptionWords.folded(word))
  }
}

/// The words of a value that is a list, separated by anything that is neither letter nor digit.
enum OptionWords {
  static func folded(_ word: some Collection<UInt8>) -> String {
    String(decoding: word.map(ASCII.lowercased), as: UTF8.self)
  }

  /// The words of `value`, as slices of it.
  ///
  /// A word ends at the first byte that is no letter or digit, and that byte is passed over whatever
  /// it is. Blanks and punctuation before a word are too, but no other byte is, so that one is a word
  /// of no length.
  static func split(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var rest = value[...]
    while true {
      rest = rest.drop { ASCII.isSpace($0) || ASCII.isPunctuation($0) }
      guard !rest.isEmpty else { return words }
      let word = rest.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) }
      words.append(word)
      rest = rest[word.endIndex...].dropFirst()
    }
  }
}
