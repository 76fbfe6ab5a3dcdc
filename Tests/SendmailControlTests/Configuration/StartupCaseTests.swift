// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// Agreement with the real daemon on everything that keeps it from starting.
@Suite("Whether sendmail would start") struct StartupCaseTests {
  @Test("The cases are there")
  func theCasesAreThere() {
    #expect(StartupCase.all.count == 149)
  }

  @Test("sendmail's messages and exit status", arguments: StartupCase.all)
  func whatSendmailSaysAndHow(_ example: StartupCase) {
    let startup = example.startup()
    #expect(startup.messages.map { $0.sendmailText(file: "F") } == example.messages)
    #expect(startup.exitStatus == example.exitStatus)
    #expect(startup.wouldStart == (example.exitStatus == nil))
    #expect(startup.cause?.effect.exitCode == example.exitStatus)
  }

  private static func startup(
    _ lines: String, default isDefaultFile: Bool, user: UInt32 = 0,
    overrides: [OptionOverride] = []
  ) -> Startup {
    let configuration = SendmailConfiguration(
      parsing: Array(("V10\n" + lines + "\nMlocal,P=/x,A=a\nO QueueDirectory=/etc\n").utf8),
      file: "F", overrides: overrides, accounts: StartupCase.machine, machine: .reference,
      conditions: ReadingConditions(
        files: StartupCase.machine, realUser: user, isDefaultFile: isDefaultFile))
    return configuration.startup(with: nil)
  }

  // These need sendmail's own file, or another user than root, and follow its source (`safefile`).
  @Test(
    "Class files are opened as the right user",
    arguments: [
      ("Fwtheirs/ok", true, 0, nil), ("Fwtheirs/ok", false, 0, 71),
      ("Fwsafe/foreign", true, 0, nil), ("Fwsafe/foreign", false, 0, 71),
      ("O RunAsUser=bin\nFwsafe/private", true, 0, 71),
      ("O RunAsUser=bin\nFwsafe/foreign", true, 0, nil),
      ("Fwsafe/private\nO RunAsUser=bin", true, 0, nil),
      ("O TrustedUser=bin\nFwsafe/foreign", false, 0, nil),
      ("Fwopen/ok", false, 2, nil), ("Fwsafe/private", false, 2, 71),
      ("Fwtheirs/foreign", false, 2, nil),
    ] as [(String, Bool, UInt32, Int32?)])
  func theUserWhoOpensAClass(
    _ lines: String, _ isDefaultFile: Bool, _ user: UInt32, _ exit: Int32?
  ) {
    #expect(Self.startup(lines, default: isDefaultFile, user: user).exitStatus == exit)
  }

  @Test("An error on the command line comes before the file")

  func anErrorOnTheCommandLine() {
    let startup = Self.startup("Fwsafe/none", default: false, overrides: [.long("Bogus=1")])
    #expect(startup.messages.map(\.message.description) == ["readcf: unknown option name Bogus"])
    #expect(startup.exitStatus == 70)
  }

  @Test("Without files no message is about one")

  func withoutFilesNoMessageIsAbout() {
    let configuration = SendmailConfiguration(
      parsing: Array("V10\nFw/none\nXa,S=unix:/none\nMlocal,P=/x,A=a\n".utf8), file: "F")
    #expect(configuration.diagnostics.isEmpty)
  }

  // MARK: Map classes

  private static let compiled = """
    Version 8.18.1
     Compiled with: CDB=1 DANE DNSMAP LOG MAP_REGEX
    \t\tNAMED_BIND NEWDB=5.3 NETINET

    ============ SYSTEM IDENTITY (after readcf) ============
    \t\tLDAPMAP

    """

  @Test("The program says which classes of maps it has")

  func theProgramSaysWhichClasses() throws {
    let build = try #require(SendmailBuild(printed: Array(Self.compiled.utf8)))
    #expect(!build.isAssumed && build.version.description == "8.18.1")
    let example = try #require(StartupCase.all.first { $0.name.hasPrefix("classes that it does") })
    let messages = example.configuration(build: build).diagnostics.map(\.message.description)
    #expect(!messages.contains("readcf: map b: class cdb not available"))
    #expect(messages.contains("readcf: map a: class dbm not available"))
    let ldap = SendmailConfiguration(
      parsing: Array("V10\nKa ldap -k x\n".utf8), file: "F",
      conditions: ReadingConditions(build: build))
    #expect(
      ldap.diagnostics.map(\.message.description) == ["readcf: map a: class ldap not available"])
    #expect(SendmailBuild(printed: Array("no such program".utf8)) == nil)
  }
}
