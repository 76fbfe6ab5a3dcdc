// SPDX-License-Identifier: Apache-2.0

/// A class of maps, the second word of a `K` line (`setupmaps` in sendmail's `conf.c`).
struct MapClass: Sendable, Equatable {
  /// The way in which the class reads the rest of a `K` line.
  enum Arguments: Sendable {
    /// Options that all classes share, and a file or what takes its place.
    case file
    /// The same, without need of a file.
    case optionalFile
    /// Options that are never wrong.
    case unchecked
    case host
    case sequence
    case dns
    case ldap
    case regex
    case syslog
  }

  /// The name.
  let name: String
  /// The form of its arguments.
  let arguments: Arguments
  /// True if aliases may be kept in it.
  let servesAliases: Bool
  /// The word of `sendmail -d0.1` that says that it was compiled in; `nil` for those always there.
  let compiledBy: String?

  private init(
    _ name: String, _ arguments: Arguments = .file, servesAliases: Bool = false,
    compiledBy: String? = nil
  ) {
    self.name = name
    self.arguments = arguments
    self.servesAliases = servesAliases
    self.compiledBy = compiledBy
  }

  /// The classes of sendmail 8.17.
  static let all = [
    MapClass("hash", servesAliases: true, compiledBy: "NEWDB"),
    MapClass("btree", servesAliases: true, compiledBy: "NEWDB"),
    MapClass("dbm", servesAliases: true, compiledBy: "NDBM"),
    MapClass("cdb", servesAliases: true, compiledBy: "CDB"),
    MapClass("nis", servesAliases: true, compiledBy: "NIS"),
    MapClass("nisplus", servesAliases: true, compiledBy: "NISPLUS"),
    MapClass("ldap", .ldap, servesAliases: true, compiledBy: "LDAPMAP"),
    MapClass("ph", .unchecked, compiledBy: "PH_MAP"),
    MapClass("nsd", servesAliases: true, compiledBy: "MAP_NSD"),
    MapClass("hesiod", servesAliases: true, compiledBy: "HESIOD"),
    MapClass("netinfo", servesAliases: true, compiledBy: "NETINFO"),
    MapClass("dns", .dns, compiledBy: "DNSMAP"),
    MapClass("bestmx", .optionalFile, compiledBy: "NAMED_BIND"),
    MapClass("host", .host),
    MapClass("text", servesAliases: true),
    MapClass("stab", servesAliases: true),
    MapClass("implicit", servesAliases: true),
    MapClass("user", .optionalFile),
    MapClass("dequote", .unchecked),
    MapClass("regex", .regex, compiledBy: "MAP_REGEX"),
    MapClass("userdb", compiledBy: "USERDB"),
    MapClass("program", servesAliases: true),
    MapClass("sequence", .sequence, servesAliases: true),
    MapClass("switch", servesAliases: true),
    MapClass("null", .optionalFile, servesAliases: true),
    MapClass("syslog", .syslog),
    MapClass("macro", .unchecked),
    MapClass("arith", .unchecked),
    MapClass("arpa", .unchecked),
    MapClass("socket", servesAliases: true, compiledBy: "SOCKETMAP"),
  ]
}

/// The classes of maps that a sendmail has, which is decided when it is compiled.
package struct MapClasses: Sendable, Equatable {
  /// True if they are those of Debian's sendmail because the program itself was not asked.
  package let isAssumed: Bool
  private let classes: [MapClass]

  private init(words: [String], isAssumed: Bool) {
    self.isAssumed = isAssumed
    classes = MapClass.all.filter { $0.compiledBy.map(words.contains) ?? true }
  }

  /// The classes of Debian's sendmail 8.17.
  package static let debian = MapClasses(
    words: [
      "NEWDB", "NIS", "NISPLUS", "LDAPMAP", "DNSMAP", "NAMED_BIND", "MAP_REGEX", "USERDB",
      "SOCKETMAP",
    ],
    isAssumed: true)

  /// The classes that `sendmail -d0.1` names; `nil` when `output` is not what that prints.
  ///
  /// - Parameter output: its output, with the words after `Compiled with:`.
  package init?(compiledWith output: [UInt8]) {
    guard let start = output.firstRange(of: Array("Compiled with:".utf8))?.upperBound else {
      return nil
    }
    // The list ends at the first line that is not indented.
    var words: [String] = []
    for (index, line) in output[start...].split(
      separator: ASCII.lineFeed, omittingEmptySubsequences: false
    ).enumerated() {
      guard index == 0 || line.first == ASCII.space || line.first == ASCII.tab else { break }
      for word in line.split(whereSeparator: ASCII.isSpace) {
        words.append(String(decoding: word.prefix { $0 != ASCII.equals }, as: UTF8.self))
      }
    }
    self.init(words: words, isAssumed: false)
  }

  /// Returns whether there is a class of this name.
  package func has(_ name: String) -> Bool { named(name.utf8) != nil }

  /// The class of this name, compared without case; `nil` when this sendmail has none.
  func named(_ name: some Collection<UInt8>) -> MapClass? {
    let name = OptionWords.folded(name)
    return classes.first { $0.name == name }
  }
}
