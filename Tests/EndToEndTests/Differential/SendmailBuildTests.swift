// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@testable import SMControlCommands

/// The real sendmail as it was compiled, which the library assumes when the program is not asked.
@Suite(.needsRealSendmail) struct SendmailBuildTests {
  @Test("Debian's sendmail has the classes of maps that are assumed of it")
  func debianHasTheClasses() async throws {
    let asked = try await RealSendmail.required().build()
    #expect(!asked.isAssumed)
    for name in ["hash", "ldap", "dns", "regex", "socket", "userdb", "nis", "dbm", "cdb", "ph"] {
      #expect(asked.hasMapClass(name) == SendmailBuild.debian.hasMapClass(name), "\(name)")
    }
  }

  @Test("A program that is none says nothing")
  func aProgramThatIsNone() async {
    let build = await SendmailProgram.build(of: "/no/such/sendmail", interruption: nil)
    #expect(build == nil)
  }
}
