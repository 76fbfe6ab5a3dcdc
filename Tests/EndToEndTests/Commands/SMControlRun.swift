// SPDX-License-Identifier: GPL-3.0-or-later

import SystemPackage
import TestSupport

/// Runs the built smcontrol.
enum SMControlRun {
  /// An environment that says nothing to smcontrol but to be patient: a test that wants it otherwise
  /// says so, and a busy machine must not make the others fail.
  static let cleanEnvironment: [String: String?] = [
    "SMCONTROL_SOCKET": nil, "SMCONTROL_CF": nil, "SMCONTROL_READONLY": nil,
    "SMCONTROL_TIMEOUT": "120",
  ]

  /// Runs it with `arguments` and waits for its end.
  static func run(
    _ arguments: [String], environment: [String: String?] = [:], user: SystemUser? = nil,
    workingDirectory: FilePath? = nil
  ) async throws -> ProcessOutcome {
    try await ProcessRunner.run(
      BuiltBinaries.smcontrol, arguments,
      environment: cleanEnvironment.merging(environment) { $1 },
      workingDirectory: workingDirectory, user: user)
  }
}

extension ScratchDaemon {
  /// Runs smcontrol on this daemon's socket.
  func smcontrol(_ arguments: String...) async throws -> ProcessOutcome {
    try await SMControlRun.run(["-f", socket.string] + arguments)
  }
}
