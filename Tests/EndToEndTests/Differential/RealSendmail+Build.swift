// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SystemPackage
import SystemSupport
import TestSupport

@testable import SMControlCommands

extension RealSendmail {
  /// The sendmail as smcontrol finds it when it asks the program.
  ///
  /// - Throws: ``HarnessError`` when the program does not answer.
  func build() async throws -> SendmailBuild {
    try await withTemporaryDirectory { directory in
      // The libraries that the machine lacks are found by a variable.
      let variables = environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
      let script = try directory.write(
        Array("#!/bin/sh\n\(variables) exec '\(binary)' \"$@\"\n".utf8), to: "sendmail",
        permissions: [.ownerReadWriteExecute])
      guard
        let build = await SendmailProgram.build(of: script, interruption: nil)
      else { throw HarnessError("\(binary) does not say its version") }
      return build
    }
  }
}
