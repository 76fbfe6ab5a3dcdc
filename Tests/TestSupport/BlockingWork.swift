// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch

/// Runs blocking work on a thread outside the few that Swift's tasks share, so that a test waiting
/// in a system call never keeps the code it waits for from running.
public func blocking<Value: Sendable>(
  _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    // The global queues share their threads with Swift's tasks; a queue of its own has one of its own.
    DispatchQueue(label: "blocking work").async {
      continuation.resume(with: Result { try work() })
    }
  }
}
