// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// A host name without a domain, for which sendmail waits a minute.
@Suite struct HostNameQualificationTests {
  private static let note = "host name box has no domain: sendmail waits a minute at each start"
  private static let local = "127.0.0.1 localhost\n127.0.1.1 box\n"

  private static func note(
    _ name: String = "box", hosts: String = local, sources: String = "hosts: files dns\n",
    resolver: String = "nameserver 192.0.2.1\n"
  ) -> String? {
    HostNameQualification.note(
      on: Array(name.utf8), hosts: Array(hosts.utf8), switchFile: Array(sources.utf8),
      resolver: Array(resolver.utf8))
  }

  @Test("The name itself, the hosts file, and the databases that are asked after it")
  func notes() {
    #expect(Self.note() == Self.note)
    // As tried with the real sendmail, it does not wait for a name that it finds nowhere.
    #expect(Self.note(hosts: "") == nil)
    #expect(Self.note(hosts: "192.0.2.9 box.example.org\n") == nil)
    #expect(Self.note("mta.example.org") == nil)
    #expect(Self.note(hosts: "127.0.1.1 box.example.org box\n") == nil)
    #expect(Self.note(hosts: "127.0.1.1\tBOX Box.Example.Org # x\n") == nil)
    #expect(Self.note(hosts: Self.local + "192.0.2.9 box.example.org\n") == Self.note)
    #expect(Self.note(hosts: Self.local + "#1 box box.example.org\n") == Self.note)
    // DNS may give it one only where it has a domain to search in.
    #expect(Self.note(resolver: "search example.org\n") == nil)
    #expect(Self.note(sources: "hosts: files [!UNAVAIL=return] dns\n") == Self.note)
    #expect(Self.note(sources: "hosts: files\n", resolver: "search example.org\n") == Self.note)
    // What a database of another kind says is not known.
    #expect(Self.note(sources: "hosts: files myhostname dns\n") == nil)
    #expect(Self.note(sources: "passwd: files\n") == Self.note)
  }

  @Test("The report on a start has the note of the machine")
  func report() {
    var machine = Machine.reference
    machine.hostNameNote = { Self.note }
    let configuration = SendmailConfiguration(
      parsing: Array("V10\nMlocal, P=/x, A=a\n".utf8), file: "F", machine: machine)
    #expect(StartupReport(configuration, queues: nil).notes == [Self.note])
  }
}
