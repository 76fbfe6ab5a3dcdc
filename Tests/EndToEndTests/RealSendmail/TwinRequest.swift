// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// A request and whether the client says that nothing more comes.
struct TwinRequest: Sendable, Equatable, CustomTestStringConvertible {
  var bytes: [UInt8]
  var finishes = false

  var testDescription: String {
    TerminalEscaping.escape(bytes.prefix(40)) + (finishes ? " and an end" : "")
  }

  init(_ text: String, finishes: Bool = false) {
    self.init(bytes: Array(text.utf8), finishes: finishes)
  }

  init(bytes: [UInt8], finishes: Bool = false) {
    self.bytes = bytes
    self.finishes = finishes
  }
}
