// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControlClient
import SystemPackage
import TestSupport

/// The course of an exchange.
struct ExchangeOutcome: Sendable {
  enum End: Sendable, Equatable {
    /// The daemon closed the connection in good order.
    case closed
    /// It reset the connection after a whole line.
    case reset
    /// The client gave up.
    case failed(ControlError.Code)
  }

  /// The most that is kept of a reply.
  static let longestHead = 65536

  /// The beginning of the reply.
  var head: [UInt8] = []
  /// The bytes of the reply, also those that were not kept.
  var count = 0
  var end = End.closed
  /// The duration.
  var duration = Duration.zero

  /// The reason why the client gave up, if it did.
  var failure: ControlError.Code? {
    if case .failed(let code) = end { code } else { nil }
  }

  /// Its name in the summary.
  var name: String {
    switch end {
    case .closed: count == 0 ? "closed without a byte" : "closed"
    case .reset: "reset"
    case .failed(let code): "\(code)"
    }
  }

  /// Sends `request` and sees what comes.
  static func of(_ request: SoakRequest, socket: FilePath, timeout: Duration) -> ExchangeOutcome {
    var outcome = ExchangeOutcome()
    let start = ContinuousClock.now
    let client = ControlClient(ControlSocket(path: socket), timeout: timeout)
    do {
      let end = try client.stream(request: request.bytes) { chunk in
        outcome.count += chunk.count
        outcome.head += chunk.prefix(longestHead - outcome.head.count)
      }
      outcome.end = end.wasReset ? .reset : .closed
    } catch let error as ControlError {
      outcome.end = .failed(error.code)
    } catch {
      outcome.end = .failed(.system)
    }
    outcome.duration = ContinuousClock.now - start
    return outcome
  }
}
