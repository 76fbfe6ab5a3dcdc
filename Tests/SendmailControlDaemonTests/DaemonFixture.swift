// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Synchronization
import SystemPackage
import SystemSupport
import TestSupport
import Testing

@testable import SendmailControlDaemon

/// A directory of its own for one test's sockets, removed with the test.
final class SocketDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/smXXXXXX".utf8CString)
    path = try #require(unsafe mkdtemp(&template).map { unsafe String(cString: $0) })
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A daemon below `/tmp`, whose sticky bit is trusted.
  func configuration(_ name: String = "ctl") -> DaemonConfiguration {
    var configuration = DaemonConfiguration(socketPath: FilePath("\(path)/\(name)"))
    configuration.makesDirectory = false
    configuration.pathRules = .sendmailTrustingStickyBit
    return configuration
  }

  /// Returns the facts about the file `name`, or `nil`.
  func facts(_ name: String = "ctl") -> FileFacts? {
    guard case .found(let facts) = Files.lookup(Array("\(path)/\(name)".utf8)) else {
      return nil
    }
    return facts
  }
}

extension ControlDaemon {
  /// The reply to one request.
  func ask(_ request: String, finishing: Bool = false) async throws -> StepwiseClient.Reply {
    try await StepwiseClient.exchange(socketPath, Array(request.utf8), finishing: finishing)
  }

  /// Waits for the first event that `matches`, for as long as a busy machine may need.
  func until(_ matches: (DaemonEvent) -> Bool) async throws {
    try await wait(for: matches, within: .seconds(120))
  }

  /// The process list of the reply to `status`, without process ids.
  func processTexts() async throws -> [String] {
    try StatusReply(parsing: await ask("status\n").bytes).processes
      .map { String(decoding: $0.text, as: UTF8.self) }
  }
}

/// A clock that only a test moves.
final class ManualClock: Sendable {
  private let value = Mutex(Duration.zero)
  var now: Duration { value.withLock(\.self) }
  func advance(_ duration: Duration) { value.withLock { $0 += duration } }
}
