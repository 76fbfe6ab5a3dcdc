// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The number of cases and their seed: SMCONTROL_DIFFERENTIAL_COUNT and SMCONTROL_DIFFERENTIAL_SEED, as
/// `make differential` sets them. Without them the cases are always the same.
struct DifferentialRun: Sendable {
  let count: Int
  let seed: UInt64

  /// The number of cases that are tried at a time.
  private static let width = 4

  init(defaultCount: Int) {
    let environment = ProcessInfo.processInfo.environment
    count = environment["SMCONTROL_DIFFERENTIAL_COUNT"].flatMap(Int.init) ?? defaultCount
    seed = environment["SMCONTROL_DIFFERENTIAL_SEED"].flatMap(UInt64.init) ?? 1
  }

  /// A run of `count` cases.
  private init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// The same run in batches of `size` cases, each one case.
  func batches(of size: Int) -> DifferentialRun {
    DifferentialRun(count: (count + size - 1) / size, seed: seed)
  }

  /// Tries the cases, and returns what the first that fails returns; none is begun after it.
  func firstFailure<Case: Sendable>(
    _ attempt: @escaping @Sendable (_ number: Int) async throws -> Case?
  ) async throws -> Case? {
    try await withThrowingTaskGroup(of: Case?.self) { group in
      var next = 0
      while next < min(Self.width, count) {
        let number = next
        group.addTask { try await attempt(number) }
        next += 1
      }
      while let outcome = try await group.next() {
        if let outcome { return outcome }
        guard next < count else { continue }
        let number = next
        group.addTask { try await attempt(number) }
        next += 1
      }
      return nil
    }
  }
}
