// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// The place that `Addr` and `Port` name, and what sendmail says when there is none.
@Suite struct PortPlaceTests {
  private static let every4: [UInt8] = [0, 0, 0, 0]
  private static let loopback: [UInt8] = [127, 0, 0, 1]
  private static let loopback6 = [UInt8](repeating: 0, count: 15) + [1]

  private static let machine: Machine = {
    var machine = Machine.reference
    machine.hostName = Array("mta.example.org".utf8)
    machine.host = { name, isVersion6 in
      switch String(decoding: name, as: UTF8.self) {
      case "known", "short": .known(isVersion6 ? loopback6 : loopback)
      case "silent": .unknown(reason: "WHY")
      default: .absent
      }
    }
    return machine
  }()

  private static func configuration(
    _ line: String, machine: Machine = machine
  ) -> SendmailConfiguration {
    SendmailConfiguration(
      parsing: Array("\(line)\n".utf8), file: "F", accounts: .unknown, machine: machine)
  }

  private static func messages(_ configuration: SendmailConfiguration) -> [String] {
    configuration.diagnostics.filter { $0.effect != .warning }.map(\.description)
  }

  @Test(
    "Place",
    arguments: [
      ("", .internet(every4, port: 25)),
      ("Family=inet6", .internet([0] + loopback6.dropLast(), port: 25)),
      ("Addr=127.1", .internet(loopback, port: 25)),
      ("Addr=IPv6:::1,F=inet6", .internet(loopback6, port: 25)),
      // 0 is the port of SMTP, and atoi reads no hexadecimal.
      ("Port=0", .internet(every4, port: 25)), ("Port=0x5000", .internet(every4, port: 25)),
      ("Port=65536", .internet(every4, port: 25)), ("Port=65537", .internet(every4, port: 1)),
      ("Port=submission", .internet(every4, port: 587)),
      ("Addr=known,Port=26", .internet(loopback, port: 26)),
      // At last a host is looked up without the domain of this machine.
      ("Addr=short.example.org", .internet(loopback, port: 25)),
      ("Addr=silent", .internet(nil, port: 25)),
      ("Family=unix,Addr=/run/smtp", .local(path: Array("/run/smtp".utf8))),
      ("Family=unix", .unknown(reason: "it has no path")),
      ("Family=7", .unknown(reason: "sendmail does not serve family 7")),
    ] as [(String, PortAddress)])
  func place(value: String, place: PortAddress) {
    let configuration = Self.configuration("O DaemonPortOptions=\(value)")
    #expect(configuration.daemonPorts.map(\.place) == [place])
    #expect(Self.messages(configuration) == [])
  }

  /// As the real sendmail says it, with every name known only as an address of IPv4 or not at all.
  @Test(
    "Message",
    arguments: [
      ("Addr=127.0.0.1,Family=inet6", ["host \"127.0.0.1\" unknown"]),
      ("Addr=::1", ["host \"::1\" unknown"]), ("Addr=", ["host \"\" unknown"]),
      ("Addr=IPv6:::1", ["host \"IPv6:::1\" unknown"]),
      ("Addr=[127.0.0.1]", ["host \"[127.0.0.1]\" unknown"]),
      ("Addr=127.0.0.1:25", ["host \"127.0.0.1:25\" unknown"]),
      ("Addr=fe80::1%lo,Family=inet6", ["host \"fe80::1%lo\" unknown"]),
      ("Addr=256.1.1.1", ["host \"256.1.1.1\" unknown"]), ("Addr=*", ["host \"*\" unknown"]),
      ("Addr=local:/x", ["host \"local:/x\" unknown"]), ("Addr=08.1", ["host \"08.1\" unknown"]),
      (
        "Port=nosuch,Addr=127.0.0.1,F=inet6",
        ["host \"127.0.0.1\" unknown", "service \"nosuch\" unknown"]
      ),
      (
        "Family=7,Port=1,Addr=x",
        [
          "address= option unsupported for family 7", "Port= option unsupported for family 7",
        ]
      ),
      // What is no name and no address needs no one to tell.
    ] as [(String, [String])])
  func message(value: String, expected: [String]) {
    var certain = Machine.reference
    certain.hostName = Array("mta.example.org".utf8)
    for machine in [Self.machine, certain] {
      for option in ["DaemonPortOptions", "ClientPortOptions"] {
        let configuration = Self.configuration("O \(option)=\(value)", machine: machine)
        #expect(Self.messages(configuration) == expected.map { "line 1: \($0)" })
        #expect(configuration.diagnostics.first?.effect == .refusesToStart(exitCode: 70))
      }
    }
  }

  @Test(
    "The host of a filter",
    arguments: [
      ("inet:5@known", nil), ("inet6:5@known", nil), ("inet:5@silent", nil),
      ("inet:5@nosuch.example", "Unknown host name nosuch.example"),
      ("inet6:5@", "Unknown host name "),
      ("inet:5@[127.0.0.1 x]", nil), ("inet6:5@[IPv6:::1]", nil),
      ("inet:5@[255.255.255.255]", "Invalid numeric domain spec \"[255.255.255.255]\""),
      ("inet6:5@[127.0.0.1]", "Invalid numeric domain spec \"[127.0.0.1]\""),
    ])
  func filter(socket: String, expected: String?) {
    let configuration = Self.configuration("Xa, S=\(socket)")
    #expect(Self.messages(configuration) == (expected.map { ["line 1: Xa: \($0)"] } ?? []))
  }

  @Test("A host that no one could tell of is a note, once")
  func notLookedUp() {
    let configuration = Self.configuration(
      "O DaemonPortOptions=Addr=silent\nO ClientPortOptions=Addr=silent")
    #expect(
      StartupReport(configuration, queues: nil).notes
        == ["host name silent was not looked up: WHY"])
  }
}
