// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@testable import SMControlCommands

/// The classes of maps of the real sendmail, which the library assumes when it is not asked.
@Suite(.needsRealSendmail) struct MapClassesTests {
  @Test("Debian's sendmail has the classes that are assumed of it")
  func debianHasTheClasses() async throws {
    let sendmail = try await RealSendmail.required()
    try await withTemporaryDirectory { directory in
      // The libraries that the machine lacks are found by a variable.
      let variables = sendmail.environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
      let script = try directory.write(
        Array("#!/bin/sh\n\(variables) exec '\(sendmail.binary)' \"$@\"\n".utf8), to: "sendmail",
        permissions: [.ownerReadWriteExecute])
      let asked = try #require(
        await SendmailProgram.mapClasses(of: script, until: Deadline(after: .seconds(60))))
      #expect(!asked.isAssumed)
      for name in ["hash", "ldap", "dns", "regex", "socket", "userdb", "nis", "dbm", "cdb", "ph"] {
        #expect(asked.has(name) == MapClasses.debian.has(name), "\(name)")
      }
    }
  }

  @Test("A program that is none has no classes to tell")
  func aProgramThatIsNone() async {
    let classes = await SendmailProgram.mapClasses(
      of: "/no/such/sendmail", until: Deadline(after: .seconds(5)))
    #expect(classes == nil)
  }
}
