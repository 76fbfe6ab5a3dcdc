// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport

/// Lines of sendmail.cf, most of them nearly right.
extension SeededNumbers {
  private static let names = OptionTable.options.map(\.name).filter { !$0.isEmpty }
  private static let ourNames = [
    "ControlSocketName", "QueueDirectory", "TrustedUser", "PidFile", "HelpFile",
    "DaemonPortOptions", "ClientPortOptions", "PrivacyOptions", "SharedMemoryKey",
  ]
  private static let timeouts =
    TimeoutName.allCases.map(\.name) + ["queuewarn.*", "queuereturn.*", "nosuch", "", "control.x"]
  private static let milterOptions = ["macros.connect", "loglevel", "LogLevel", "foo", ""]

  // MARK: Lines

  /// A line that sets an option, or looks like one.
  mutating func optionLine() -> [UInt8] {
    let kind = Int.random(in: 0..<100, using: &self)
    if kind < 15 { return shortOption() }
    let name =
      switch kind {
      case ..<40: pick(Self.ourNames)
      case ..<52: "Timeout." + pick(Self.timeouts)
      case ..<55: "Milter." + pick(Self.milterOptions)
      default: pick(Self.names) + (chance(8) ? "." + pick(["foo", "", "a b"]) : "")
      }
    let separators = [
      "=", "=", "=", "=", " =", "= ", "  =   ", "", "\t=", "=\t", " ", "==", "\n =",
    ]
    let start = "O " + (chance(3) ? pick([" ", "\t", "\n "]) : "")
    return Array(start.utf8) + altered(name) + Array(pick(separators).utf8) + value(for: name)
  }

  /// A letter and its value, as sendmail 8.6 had them.
  private mutating func shortOption() -> [UInt8] {
    var letter = pick(OptionTable.options.map(\.code.rawValue).filter { $0 < 0x80 })
    if chance(10) { letter = pick([0x09, 0x30, 0x3D, 0x4E, 0x7E, 0xA9]) }
    let option = OptionTable.options.first { $0.code.rawValue == letter }
    return [UInt8(ascii: "O"), letter] + value(for: option?.name ?? "")
  }

  /// A name in any case, cut short, or with something after it.
  private mutating func altered(_ name: String) -> [UInt8] {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var option = Array((parts.first ?? "").utf8)
    var rest = parts.count > 1 ? Array(".\(parts[1])".utf8) : []
    if chance(40) {
      option = option.map { inAnyCase($0) }
      rest = rest.map { inAnyCase($0) }
    }
    if chance(30) {
      option = Array(
        option.prefix(Int.random(in: (chance(5) ? 0 : 1)...option.count, using: &self)))
    }
    if chance(3) { rest += pick([[0x78], [0x09], [0xE9], Array("#c".utf8), Array("$x".utf8)]) }
    if chance(1) { rest += [UInt8](repeating: 0x79, count: Int.random(in: 60...300, using: &self)) }
    return option + rest
  }

  private mutating func inAnyCase(_ byte: UInt8) -> UInt8 {
    ASCII.isLetter(byte) && chance(50) ? byte ^ 0x20 : byte
  }

  /// A line that sets no option.
  mutating func otherLine() -> [UInt8] {
    var line = Array(pick(Self.otherLines).utf8)
    if chance(4) { line = [0x89, 0x78] }
    if chance(10) { line += pick(["# c", " # c", "\\#", " \t ", "\r", "\n more"]).utf8 }
    return line
  }

  private static let otherLines = [
    "V10/Berkeley", "V10", "V2", "V3", "V 9/foo", "Vx", "V1", "V5/Berkeley x", "# comment", "", " ",
    "\t", "#\n more", "Dxfoo", "D{foo}bar \"q\\\"x\" \\n", "D{bar}${foo}/x", "D{new1}z", "D{new2}z",
    "D", "DX", "D{abcdefghijklmnopqrstuvwxyzabc}x", "D{a-b}x", "CwA B", "C{cls}a b", "C",
    "Tme", "EA=b", "Mx, P=/bin/true,\n\tA=true", "O UseMSP=t", "O SuperSafe=i",
    "O HostStatusDirectory=safe", "O HostStatusDirectory=open", "O ConnectionCacheSize=0",
    "O SingleThreadDelivery=t", "O MailboxDatabase=pw.x", "O MailboxDatabase=ldap", "V12",
    "zzz \u{E9}",
    "include x", "Pfirst=3", "Pbad", "P", "Qslow, P=/a, R=2", "Qfast,P=/b\\,c,F=f,I=5x", "Qz, Z=1",
    "Qy", "Q", "QX,R=3,r=2,J=4,N=1,P=/q \"x\" y", "Qmqueue,P=/zz", "Qx,foo", "R$*\t$1", "R", "Rx",
    " indented", "\tindented # x", "O", "o x=1", "O\tx",
  ]

  // MARK: Overrides

  /// An override as its arguments. A NUL cannot be in one.
  mutating func override() -> [[UInt8]] {
    if chance(30) {
      let letter = pick(Array("QHSxXbrpLTO".utf8))
      return [Array("-o".utf8) + [letter] + argument(for: "")]
    }
    let name = pick(
      Self.ourNames + ["Timeout.control", "Timeout.queuewarn", "Timeout", "MinFreeBlocks"]
        + ["QueueTimeout", "MaxDaemonChildren", "Milter.loglevel"])
    let text = altered(name) + Array(pick(["=", " = ", "= ", "="]).utf8) + argument(for: name)
    return chance(50) ? [Array("-O".utf8) + text] : [Array("-O".utf8), text]
  }

  private mutating func argument(for name: String) -> [UInt8] {
    value(for: name).filter { $0 != 0 }
  }
}
