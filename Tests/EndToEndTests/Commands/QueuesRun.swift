// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

extension Spool {
  /// Runs `smcontrol queues` on this spool.
  func queues(_ arguments: String..., user: SystemUser? = nil) async throws -> ProcessOutcome {
    try await SMControlRun.run(
      ["-C", configurationFile.string, "queues"] + arguments, user: user)
  }
}

/// The members of an overview in JSON that tests read.
struct QueuesMembers {
  /// The object.
  let members: [String: Any]

  init(_ outcome: ProcessOutcome) throws {
    #expect(outcome.status == 0, "\(outcome.errorOutput)")
    try self.init(line: outcome.output)
  }

  init(line: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
    members = try #require(object as? [String: Any])
  }

  /// The queue directories of all groups by path, the last of those with the same.
  var directories: [String: [String: Any]] {
    var directories: [String: [String: Any]] = [:]
    for configuration in members["configurations"] as? [[String: Any]] ?? [] {
      for group in configuration["groups"] as? [[String: Any]] ?? [] {
        for directory in group["directories"] as? [[String: Any]] ?? [] {
          if let path = directory["path"] as? String { directories[path] = directory }
        }
      }
    }
    return directories
  }

  /// The number `name` of a directory's counts.
  func count(_ name: String, in path: String) -> Int? {
    (directories[path]?["counts"] as? [String: Any])?[name] as? Int
  }

  /// The number `name` of the counts of all directories.
  func total(_ name: String) -> Int? {
    (members["total"] as? [String: Any])?[name] as? Int
  }

  /// The entries of a table: name and count.
  func table(_ name: String) -> [String] {
    let table = members[name] as? [String: Any]
    return (table?["entries"] as? [[String: Any]] ?? []).map {
      "\($0["name"] as? String ?? "-") \($0["count"] as? Int ?? -1)"
    }
  }
}
