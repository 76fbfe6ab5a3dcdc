// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport

/// Values of options.
extension SeededNumbers {
  /// A value, now and then one that means something to the option `name`.
  mutating func value(for name: String) -> [UInt8] {
    switch name {
    case "DaemonPortOptions" where chance(80), "ClientPortOptions" where chance(80):
      return portValue()
    // sendmail ends at once for most others.
    case "DeliveryMode": return Array(pick(Self.deliveryModes).utf8)
    case "EightBitMode": return Array(pick(Self.eightBitModes).utf8)
    case "LDAPDefaultSpec": return Array(pick(Self.directoryDefaults).utf8)
    case "ConnectOnlyTo" where chance(80): return Array(pick(Self.addresses).utf8)
    default: break
    }
    if chance(20) { return Array(pick(Self.words).utf8) }
    let length = chance(2) ? 300 : 25
    return (0..<Int.random(in: 0...length, using: &self)).flatMap { _ in piece() }
  }

  private static let deliveryModes = ["b", "q", "d", "i", "background", "queue # x", "interactive"]
  private static let eightBitModes = ["m", "p", "s", "mimify", "pass8", "strict # x"]

  private static let directoryDefaults = [
    "-H ldap://localhost", "-h localhost -b dc=x", "-h a -H ldap://b", "-k (x) -v y", "-o", "-M x",
  ]

  private static let addresses = [
    "127.0.0.1", "1.2.3", "1", "0x7f.1", "01.2.3.4", "256.1.1.1", "1.2.3.4.5", "1.2.3.4 x",
    "255.255.255.255", "[127.0.0.1]", "::1", "IPv6:::1", "ipv6:fe80::1", "::g", "host", "",
    "25@127.0.0.1", "@::1", "x@y@127.0.0.1", "25@host", "70000@::1", " -1@x",
    "4294967297@127.0.0.1",
  ]

  private static let words = [
    "", "5", "12abc", "-3", "1h30m", "7x", "now", "0644", "f", "True", "yes", "2/3", "100/5000",
    "root", "root:daemon", "nosuch.root", "bin/nogrp", "102xyz", ":", "5m,control=7s",
    "control:9s,helo=1,foo=3", "1w2d3", "goaway", "authwarnings,noexpn foo", "s",
    "GroupWritableDirPathSafe;x", "/var/run/sendmail/mta/smcontrol", "control", "/q/mq*", "0x10",
    "  5", "+7", "99999999999999999999", "2147483648", "nosuchuser", "safe", "TrustStickyBit",
    "+ssl_op_all -foo", "A,z;q", "add-bcc", "$w.x", "${opMode}", "${load_avg}/${deliveryMode}",
  ]

  /// A byte or a few, of those that have a meaning anywhere and those that have none.
  private mutating func piece() -> [UInt8] {
    if chance(20) { return [pick([0xE9, 0x89, 0x81, 0xFF, 0x9F, 0xA0, 0x0B, 0x7F, 0x01])] }
    if chance(1) { return [pick([0x00, UInt8.random(in: 0...0xFF, using: &self)])] }
    return Array(pick(chance(3) ? Self.rarePieces : Self.pieces).utf8)
  }

  private static let pieces = [
    "a", "B", "/", " ", "\t", "#", "\\", "\\#", "$", "$$", "$x", "${foo}", "${bar}", "${a-b}",
    "${x}", "$?x", "$|", "$.", "$=w", "$&{foo}", "$#", "=", ".", "\"", "\r", "\n ", "\n\t", "{",
    "}",
    "*", ",", "1", ":", "-", "+", ";", "'", "x", "y",
  ]
  private static let rarePieces = [
    "${}", "${", " # c", "${abcdefghijklmnopqrstuvwxyzabc}", "\n #", "$~x", "$&x", "$@", "\r\n ",
  ]

  /// Fields as a port has them.
  private mutating func portValue() -> [UInt8] {
    let fields = (0..<Int.random(in: 0...5, using: &self)).map { _ in pick(Self.portFields) }
    return Array(fields.joined(separator: pick([",", ", ", " ,"])).utf8)
  }

  private static let portFields = [
    "Name=MTA", "N=x y", "Family=inet", "Family=inet6", "family=local", "F=unix", "Family=7",
    "Family=x25", "Family=2", "Port=smtp", "Port=25", "Port=nosuchservice", "port=submission",
    "P=99999", "Addr=127.0.0.1", "Addr=::1", "Addr=localhost", "A=/tmp/s", "M=Ea",
    "A=127.1", "A=", "Addr=IPv6:::1", "A=256.1.1.1", "Addr=[::1]", "A=fe80::1%lo", "A=::1.2.3.4",
    "A=host.test",
    "A=1.2.3.4 x", "A=08.1", "A=1:2:3:4:5:6:7:8", "A=::g", "A=0.0.0.0", "A=::", "Port=0",
    "P=0x5000", "M=",
    "Modify=fh C",
    "L=5", "Listen=x", "children=7", "DeliveryMode=q", "D=z", "delayLA=3", "queueLA=1",
    "refuseLA=9", "InputMailFilters=a;b", "R=1000", "S=2000", "foo=3", "foo", "=", "", " ",
    "Zap=\u{E9}",
  ]
}
