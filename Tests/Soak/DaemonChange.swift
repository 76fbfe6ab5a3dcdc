// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon

/// A change of the daemon that is soaked, as the clients' side sends it: a line of JSON.
struct DaemonChange: Codable, Sendable {
  /// True if the state becomes that of the start.
  var isStart = false
  /// True if the children come, as they do at the start and after a restart.
  var entersChildren = false
  /// The load average, or `nil` to leave it as it is.
  var load: Int?
  /// The fault, or `nil` to leave it as it is.
  var fault: FaultChange?

  /// A fault to set.
  enum FaultChange: Codable, Sendable {
    case clear
    case inject(SoakFault)
  }

  /// Makes the change.
  func apply(to daemon: ControlDaemon) async throws {
    daemon.update { state in
      if isStart { SoakState.prepare(&state) }
      if isStart || entersChildren { SoakState.enterChildren(&state) }
      if let load { state.loadAverage = load }
    }
    switch fault {
    case nil: break
    case .clear: try await daemon.setFault(nil)
    case .inject(let fault): try await daemon.setFault(fault.fault)
    }
  }
}
