// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlClient
import Synchronization

/// Takes down the steps of an exchange.
final class Recorder: Sendable {
  private let list = Mutex<[String]>([])

  var names: [String] { list.withLock(\.self) }

  var record: Trace {
    { [self] event in
      let name =
        switch event {
        case .connecting: "connecting"
        case .connected: "connected"
        case .sent: "sent"
        case .received: "received"
        case .ended: "ended"
        }
      list.withLock { $0.append(name) }
    }
  }
}
