// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

extension RealDaemon {
  /// Runs smcontrol on this daemon's socket.
  func smcontrol(_ arguments: String...) async throws -> ProcessOutcome {
    try await SMControlRun.run(["-f", controlSocket.string] + arguments)
  }
}

/// The members of a status in JSON that tests read.
struct StatusMembers {
  let daemonPID: Int32?
  let daemonState: String?
  let childCount: Int?
  let kinds: [String]
  let peers: [String]
  let queues: [String: Int?]
  let queueState: String?
  let fileSystems: [String?]
  let warnings: [String]

  init(_ outcome: ProcessOutcome) throws {
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput))
    let members = try #require(object as? [String: Any])
    let daemon = members["daemon"] as? [String: Any]
    daemonPID = (daemon?["pid"] as? Int).map { Int32($0) }
    daemonState = daemon?["state"] as? String
    childCount = (members["children"] as? [String: Any])?["count"] as? Int
    let processes = try #require(members["processes"] as? [[String: Any]])
    kinds = processes.compactMap { $0["kind"] as? String }
    peers = processes.compactMap { $0["peer"] as? String }
    let queues = try #require(members["queues"] as? [String: Any])
    queueState = queues["state"] as? String
    let directories = try #require(queues["directories"] as? [[String: Any]])
    self.queues = Dictionary(
      directories.compactMap { directory in
        (directory["path"] as? String).map { ($0, directory["messages"] as? Int) }
      }, uniquingKeysWith: { first, _ in first })
    fileSystems = try #require(members["fileSystems"] as? [[String: Any]])
      .map { $0["queueDirectory"] as? String }
    warnings = try #require(members["warnings"] as? [String])
  }
}
