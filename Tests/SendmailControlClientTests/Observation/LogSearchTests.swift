// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlClient
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@Suite("Searching the mail log")
struct LogSearchTests {
  @Test("Files are searched in their order, from their ends, as long as there is time")
  func files() async throws {
    try await withTemporaryDirectory { directory in
      let line = "h sm-mta[12]: \(LogSearch.message) /run/ctl: Group writable directory"
      let long = try directory.write(
        line + "\n" + String(repeating: "h sm-mta[9]: another line\n", count: 200_000), to: "long")
      let short = try directory.write("\(line)\nh sm-mta[13]: other\n", to: "short")
      let missing = directory["missing"]
      func search(_ files: [FilePath], _ time: Duration = .seconds(60)) -> LogSearch? {
        LogSearch(of: 12, in: files, until: Deadline(after: time))
      }
      let found = LogSearch.found(line: Array(line.utf8), file: short.bytes)
      #expect(search([missing, short]) == found)
      // Only the end of a long file is read.
      #expect(search([long]) == .absent)
      #expect(search([long, short]) == found)
      #expect(search([missing]) == .absent)
      #expect(search([missing, short], .zero) == nil)
      // A file that cannot be read does not keep another from being searched.
      let unreadable = LogSearch.unreadable(
        file: directory.path.bytes, reason: "\(Errno.isDirectory)")
      #expect(search([directory.path, missing]) == unreadable)
      #expect(search([directory.path, short]) == found)
    }
  }
}
