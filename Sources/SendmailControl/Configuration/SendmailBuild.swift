// SPDX-License-Identifier: Apache-2.0

/// A sendmail as it was compiled: its version, its options and its classes of maps.
package struct SendmailBuild: Sendable, Equatable {
  /// True if it is assumed to be Debian's because the program itself was not asked.
  package let isAssumed: Bool
  /// The version, as sendmail's messages name it.
  package let version: SendmailVersion
  /// The most `DaemonPortOptions` (`MAXDAEMONS`).
  let maximumDaemons: Int
  private let mapClasses: [MapClass]

  private init(version: SendmailVersion, compiledWith words: [String], isAssumed: Bool) {
    self.isAssumed = isAssumed
    self.version = version
    mapClasses = MapClass.all.filter { $0.compiledBy.map(words.contains) ?? true }
    // Only a number that is not the usual one is named.
    let maximum = words.first { $0.hasPrefix("MAXDAEMONS=") }?.split(separator: "=").last
    maximumDaemons = maximum.flatMap { Int($0) } ?? 10
  }

  /// Debian's sendmail 8.17. It has the options of newer ones, too: it is not known which one runs.
  package static let debian = SendmailBuild(
    version: .debian,
    compiledWith: [
      "NEWDB", "NIS", "NISPLUS", "LDAPMAP", "DNSMAP", "NAMED_BIND", "MAP_REGEX", "USERDB",
      "SOCKETMAP", "MAXDAEMONS=64",
    ],
    isAssumed: true)

  /// The build that `sendmail -d0.1` describes; `nil` when `output` is not what that prints.
  ///
  /// - Parameter output: its output: `Version `, and the words after `Compiled with:`.
  package init?(printed output: [UInt8]) {
    let lines = output.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false)
    let title = Array("Version ".utf8)
    guard let first = lines.firstIndex(where: { $0.starts(with: title) }),
      let version = SendmailVersion(
        String(decoding: lines[first].dropFirst(title.count), as: UTF8.self)),
      let start = output.firstRange(of: Array("Compiled with:".utf8))?.upperBound
    else { return nil }
    // The list ends at the first line that is not indented.
    var words: [String] = []
    for (index, line) in output[start...].split(
      separator: ASCII.lineFeed, omittingEmptySubsequences: false
    ).enumerated() {
      guard index == 0 || line.first == ASCII.space || line.first == ASCII.tab else { break }
      words += line.split(whereSeparator: ASCII.isSpace).map { String(decoding: $0, as: UTF8.self) }
    }
    // `NEWDB=5.3` since 8.17.
    words += words.compactMap { $0.split(separator: "=").first.map(String.init) }
    self.init(version: version, compiledWith: words, isAssumed: false)
  }

  /// Returns whether there is a class of maps of this name.
  package func hasMapClass(_ name: String) -> Bool { mapClass(named: name.utf8) != nil }

  /// The class of maps of this name, compared without case; `nil` when this sendmail has none.
  func mapClass(named name: some Collection<UInt8>) -> MapClass? {
    let name = OptionWords.folded(name)
    return mapClasses.first { $0.name == name }
  }

  /// Returns whether it has `option`.
  package func has(_ option: ConfigurationOption) -> Bool {
    isAssumed || option.since.map { version >= $0 } ?? true
  }
}

/// A version of sendmail, as `8.17.1.9`.
package struct SendmailVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The text, with what may follow the numbers.
  package let description: String
  private let numbers: [Int]

  /// The version with this text; `nil` for one that does not begin with two numbers.
  package init?(_ text: String) {
    let numbers = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      .split(separator: ".").compactMap { Int($0) }
    guard numbers.count > 1 else { return nil }
    self.init(text: text, numbers: numbers)
  }

  init(_ major: Int, _ minor: Int) {
    self.init(text: "\(major).\(minor)", numbers: [major, minor])
  }

  private init(text: String, numbers: [Int]) {
    description = text
    self.numbers = numbers
  }

  static let debian = SendmailVersion(text: "8.17.1.9", numbers: [8, 17, 1, 9])

  package static func < (one: SendmailVersion, other: SendmailVersion) -> Bool {
    one.numbers.lexicographicallyPrecedes(other.numbers)
  }
}
