// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

/// The trace of `-v` on standard error, each line with the time since the start.
struct Tracer: Sendable {
  let console: Console
  private let start = ContinuousClock.now

  init(console: Console) {
    self.console = console
  }

  /// Says `text`.
  func note(_ text: String) {
    console.complain(["[\(start.duration(to: .now).inSeconds) s] \(text)"])
  }

  /// Says each step of an exchange.
  var trace: Trace {
    { event in
      switch event {
      case .connecting(let path): note("connecting to \(path.escaped)")
      case .connected(let peer?):
        note(
          """
          connected; process \(peer.processID) of user \(LiveAccounts.live.userName(peer.userID)), \
          group \(LiveAccounts.live.groupName(peer.groupID)) listens
          """)
      case .connected(nil): note("connected; the kernel cannot name who listens")
      case .sent(let bytes): note("sent \(bytes.count) bytes: \(excerpt(bytes[...]))")
      case .received(let bytes): note("received \(bytes.count) bytes: \(excerpt(bytes))")
      case .ended(byReset: false): note("end of the reply")
      case .ended(byReset: true):
        note("end of the reply, by a reset: the daemon left some of the request unread")
      }
    }
  }

  private func excerpt(_ bytes: ArraySlice<UInt8>) -> String {
    let text = TerminalEscaping.escape(bytes.prefix(200))
    return bytes.count > 200 ? text + " …" : text
  }
}
