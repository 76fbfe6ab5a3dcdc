// SPDX-License-Identifier: Apache-2.0

/// The source that m4 makes a sendmail.cf of, given in its place.
enum MacroSource {
  private static let words: Set<String> = [
    "dnl", "divert", "define", "undefine", "include", "VERSIONID", "OSTYPE", "DOMAIN", "FEATURE",
    "MAILER", "MAILER_DEFINITIONS", "LOCAL_CONFIG", "LOCAL_DOMAIN", "LOCAL_NET_CONFIG",
    "LOCAL_RULESETS", "LOCAL_RULE_0", "LOCAL_RULE_3", "MASQUERADE_AS", "MASQUERADE_DOMAIN",
    "EXPOSED_USER", "TRUST_AUTH_MECH", "DAEMON_OPTIONS", "CLIENT_OPTIONS", "INPUT_MAIL_FILTER",
    "MAIL_FILTER", "HACK", "SITECONFIG", "GENERICS_DOMAIN", "VIRTUSER_DOMAIN", "RELAY_DOMAIN",
  ]
  /// The lines with such words that a file must have: one that got into a sendmail.cf proves nothing.
  private static let fewest = 3

  /// Returns whether `file` is such a source: it has lines of m4, and no `V` line, which every
  /// sendmail.cf of the last decades begins with.
  static func isSource(_ file: [UInt8]) -> Bool {
    var count = 0
    for line in file.split(separator: ASCII.lineFeed) {
      if line.first == UInt8(ascii: "V"), let next = line.dropFirst().first, ASCII.isDigit(next) {
        return false
      }
      let text = line.drop { $0 == ASCII.space || $0 == ASCII.tab }
      let word = text.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.underscore }
      if words.contains(String(decoding: word, as: UTF8.self)) { count += 1 }
    }
    return count >= fewest
  }
}
