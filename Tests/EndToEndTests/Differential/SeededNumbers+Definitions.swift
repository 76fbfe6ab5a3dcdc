// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport

/// Lines that define classes, mailers, maps, filters, rule sets and headers.
extension SeededNumbers {
  /// A line that defines something, or nearly does.
  mutating func definition() -> [UInt8] {
    let text =
      switch Int.random(in: 0..<100, using: &self) {
      case ..<25: classLine()
      case ..<45: mailerLine()
      case ..<62: mapLine()
      case ..<72: filterLine()
      case ..<84: ruleLine()
      case ..<89: "O AliasFile=" + list(of: Self.aliases, ",")
      case ..<93: "O InputMailFilters=" + list(of: Self.filterNames, pick([",", ";", "; "]))
      case ..<96: "S" + pick(Self.ruleSets)
      default: "H" + pick(Self.headers)
      }
    return damaged(Array(text.utf8))
  }

  /// `line`, one in ten times with a byte too many, too few or another one. The first stays, and so does all of a line
  /// with U=, which could become one with a group.
  private mutating func damaged(_ line: [UInt8]) -> [UInt8] {
    guard chance(10), line.count > 2, line.firstRange(of: Array("U=".utf8)) == nil else {
      return line
    }
    var line = line
    let index = Int.random(in: 1..<line.count, using: &self)
    switch Int.random(in: 0..<3, using: &self) {
    case 0: line.remove(at: index)
    case 1: line.insert(pick(Array(" ,=:;\\\"x@-/\t9".utf8)), at: index)
    default: line[index] = pick(Array(" ,=:;\\\"x@-/\t9".utf8) + [0xE9])
    }
    return line
  }

  private mutating func list(of items: [String], _ separator: String) -> String {
    (0..<Int.random(in: 1...3, using: &self)).map { _ in pick(items) }
      .joined(separator: separator)
  }

  // MARK: F

  private mutating func classLine() -> String {
    if chance(8) { return "O DontBlameSendmail=" + list(of: Self.relaxations, ",") }
    var line = "F" + pick(["w", "w", "{LocalIP}", "{w", ""])
    line += pick(["", "", " ", "\t ", "-o ", " -o ", "-optional  "])
    if chance(25) {
      return line + pick(["x@", "@", "a@b", "root@"]) + pick(Self.mapSources)
    }
    let name = pick(ClassFiles.names)
    line += chance(10) ? "\"\(name)\"" : name
    return line + (chance(25) ? pick([" %[^\\#]", "  %s", " # local", " "]) : "")
  }

  private static let relaxations = [
    "ClassFileInUnsafeDirPath", "LinkedClassFileInWritableDir", "MapInUnsafeDirPath",
    "LinkedMapInWritableDir", "GroupWritableDirPathSafe", "TrustStickyBit", "Safe",
  ]

  private static let mapSources = [
    ":x", "nosuch:x", "text:safe/ok", "text:/etc/passwd", "text:/no/such", "hash:safe/none",
    "hash:open/ok", "btree:-o shared/none", "implicit:none/x", "stab:open/ok", "stab:safe/none",
    "hash:", "null:", "regex:(", "dns:-R A x", "text:-k 2 /etc/passwd", "hash:-Q safe/ok",
  ]

  // MARK: M

  private mutating func mailerLine() -> String {
    let name = pick(["m", "smtp", "x", ""]) + String(Int.random(in: 0..<100_000, using: &self))
    let fields = (0..<Int.random(in: 1...6, using: &self)).map { _ in pick(Self.mailerFields) }
    var all = fields
    if chance(70) { all.insert(pick(["P=/bin/true", "P=[IPC]", "P=[FILE]", "P=[TCP]"]), at: 0) }
    if chance(70) { all.append(pick(Self.mailerArguments)) }
    return "M" + name + ", " + all.joined(separator: pick([", ", ",", " ,\t"]))
  }

  private static let mailerArguments = [
    "A=TCP $h", "A=FILE $u", "A=IPC $h", "A=FILE /var/run/x", "A=sh -c $u", "A=TCP", "A=",
    "A=FILE a b", "A=\" TCP h\"",
  ]

  /// No group after U=: sendmail then reads and writes beyond the line, and may crash or never end.
  private static let mailerFields = [
    "F=lsDFMA5:/|@qSPfhn9", "F=", "S=0", "R=0", "S=EnvFromL/HdrFromL", "R=11/31", "S=999", "R=/x",
    "S=a=5", "R=a/b c", "S=", "E=\\r\\n", "E=", "T=DNS/RFC822/SMTP", "T=", "L=990", "M=1000000",
    "m=5", "r=100", "N=3", "D=$z:/", "D=", "C=utf-8", "C=", "Q=mqueue", "Q=nosuch", "Q=",
    "U=root", "U=nosuchuser", "U=0",
    "U=", "W=5m", "W=5x", "/=/", "/=",
    "Z=1", "foo", "=", "", "P=", "A=", "F=Q t", "X",
  ]

  // MARK: R

  private mutating func ruleLine() -> String {
    if chance(5) { return "D" + pick(["xa$x", "x$y", "yb$x", "*x", "1y", "xfoo $* bar", "x\\tb"]) }
    return "R" + side(Self.leftParts) + pick(["\t", "\t", "\t\t", " \t ", " ", "\t\n\t"])
      + side(Self.rightParts) + pick(["", "", "", "\tcomment $9"])
  }

  private mutating func side(_ parts: [String]) -> String {
    (0..<Int.random(in: 0...(chance(10) ? 14 : 4), using: &self)).map { _ in pick(parts) }
      .joined(separator: pick([" ", "", ""]))
  }

  private static let common = [
    "a", "<@", ">", ".", "\"q", "\"", "\"$*\"", "(c)", "(", ")", "$w", "$x", "$y", "$j", "${foo}",
    "${nosuch}",
    "$&x", "$&{x}", "$?x", "$?w", "$|", "$.", "$$", "\\$*", "\\", "$#", "$@", ",", "é", "[", "$!",
    "$}",
  ]

  private static let leftParts =
    ["$*", "$*", "$+", "$+", "$-", "$=w", "$={cls}", "$~w", "$@", "$1", "$:", "$>", "$(", "$]"]
    + common

  private static let rightParts =
    [
      "$1", "$1", "$1", "$2", "$3", "$9", "$0", "$: ", "$>3 ", "$>foo", "$( m1 $1 $)", "$(m1", "$)",
      "$[ $1 $]",
      "$[", "$]", "$@ a $@ b $@ c $@ d $@ e", "$*", "$+", "$=w", "$#error $@ 5.1.1 $: x",
    ] + common

  // MARK: K

  private mutating func mapLine() -> String {
    let start =
      "K" + pick(["", "", " ", "_"])
      + pick(["access", "virtuser", "x.y", "a_b", "m1", "", "map"])
    return start + pick([" ", "\t", "  ", ""]) + pick(Self.mapClasses)
      + pick([" ", "  ", "\t", ""])
      + list(of: Self.mapArguments, " ")
  }

  private static let mapClasses = [
    "hash", "btree", "dbm", "cdb", "nis", "nisplus", "ldap", "ldap", "ph", "dns", "dns", "bestmx",
    "host", "text", "stab", "implicit", "user", "dequote", "regex", "regex", "userdb", "program",
    "sequence", "sequence", "switch", "null", "syslog", "syslog", "macro", "arith", "arpa",
    "socket", "mysql", "HASH", "",
  ]

  private static let mapArguments = [
    "", "-o", "-T<TMPF>", "/etc/mail/access", "-k 1 -v 2", "-a.FOUND", "-d5x", "-d 5m", "-Z", "-z:",
    "-z\\n", "-z", "-S", "-Sx", "-R A", "-R MX", "-R nosuch", "-R", "-L info", "-Lnosuch",
    "-LOG_ERR",
    "(a)(b)", "^[a-z", "-s1,2 (a)(b)", "-s3 (a)", "-b \\(a", "a{2,1}", "-h localhost",
    "-H ldap://localhost", "-k (uid=%0)", "-v mail", "-v mail,mail", "-v a:FILTER:b",
    "-v a:nosuch", "-v a,b:dn", "-n", "-M simple", "-M nosuch", "-r always", "-r x", "-s base",
    "-s x", "-w 2", "-w 9", "-w 1", "-P safe/none", "-P open/ok", "-1", "-b dc=x", "m1 access",
    "map nosuch", "x.y", "\"a b\"", "-",
  ]

  private static let aliases = [
    "/etc/mail/aliases", "hash:/etc/mail/aliases", "nosuch:/etc/mail/aliases", "dns:x", "ldap:",
    "", "text:-o /etc/x", "hash:", "implicit:-Z /x", " null:", "a b", "sequence:m1",
    "ldap: -k \"(a,b)\" -v x", "regex:(",
  ]

  // MARK: X

  private static let filterNames = ["f1", "f2", "f3", "nosuch", "", " f1"]

  private mutating func filterLine() -> String {
    let fields = (0..<Int.random(in: 1...3, using: &self)).map { _ in pick(Self.filterFields) }
    return "X" + pick(["f1", "f2", "f3", "f1", ""]) + pick([", ", ",", " "])
      + fields.joined(separator: pick([", ", ","]))
  }

  private static let filterFields = [
    "S=inet:8891@127.0.0.1", "S=inet:8891@[127.0.0.1]", "S=inet6:25@[::1]", "S=inet:25@[::1]",
    "S=inet:nosuch@[127.0.0.1]", "S=inet:25", "S=inet:25@[1.2", "S=nosuch:x", "S=", "F=R", "F=T",
    "T=C:5m;S:20s", "T=Z:5", "T=C", "T=C:5x", "Z=1", "foo", "S=unix:safe/none",
    "S=unix:safe/ok", "S=local:open/ok", "S=open/none", "S=:safe/private", "S=unix:safe/link",
    "S=unix:safe/hard", "S=unix:safe/sub", "S=/tmp/none", "S=unix:/no/such", "S=unix:none/x",
    "S=inet:smtp@[10.1]", "S=inet:5@::1", "S=inet6:5@127.0.0.1", "S=inet6:5@", "S=inet6:5@IPv6:::1",
    "S=inet6:5@[IPv6:::1]", "S=inet:5@[255.255.255.255]", "S=inet:5@[127.1 x]", "S=inet6:5@host",
    "",
  ]

  // MARK: S, H

  private static let ruleSets = [
    "0", "3", "check_mail", "99", "100", "-1", "a=5", "a=6", "b = 7", "b=x", "c=300", "", " d",
    "a/b", "_x", "5x", "check_rcpt # c",
  ]

  private static let headers = [
    "Subject: x", "?P?Return-Path: <$g>", "?$x?X-Foo: $x", "??a: b", "?x: y", "foo", "a b: c", "",
    "Received: $>CheckReceived", "X: $>+a=300", "X: $>", "?${foo}?X: y", "?F x", "Y: $>5",
  ]
}
