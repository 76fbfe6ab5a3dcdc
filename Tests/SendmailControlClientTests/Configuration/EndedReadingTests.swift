// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import Synchronization
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("Reading that is to end early")
struct EndedReadingTests {
  @Test("A reader that is not to go on stops within the lines", arguments: [0, 3, 20])
  func cancelled(checks: Int) async throws {
    try await withTemporaryDirectory { directory in
      let text = "V10\n" + String(repeating: "O LogLevel=9\n", count: 128 * 100)
      let file = try directory.write(text, to: "sendmail.cf")
      let seen = Mutex(0)
      let error = #expect(throws: ConfigurationReadError.self) {
        try ConfigurationReader().read(file: file, overrides: []) {
          seen.withLock {
            $0 += 1
            return $0 <= checks
          }
        }
      }
      #expect(error?.errno == .canceled)
      // The one that says no, and one more at the end.
      let count = seen.withLock { $0 }
      #expect(count <= checks + 2)
    }
  }

  @Test("After the deadline no file is looked up")
  func interruptedFiles() {
    let cancellation = Cancellation()
    let files = LiveFiles(until: cancellation.interruption)
    let path = Array("/".utf8)
    #expect(files.lookup(path) == Files.lookup(path))
    var names = 0
    #expect(files.forEachEntry(in: path) { _, _ in names += 1 })
    #expect(names > 0)
    cancellation.cancel()
    #expect(files.lookup(path) == .failed(.notPermitted))
    #expect(files.lookupFollowingLinks(path) == .failed(.notPermitted))
    #expect(!files.forEachEntry(in: path) { _, _ in Issue.record("an entry") })
  }
}
