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
