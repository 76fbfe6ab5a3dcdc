// SPDX-License-Identifier: GPL-3.0-or-later

/// A row of the contract: what smcontrol must do in one situation.
struct ContractRow: Sendable {
  /// The row's name within its family, such as `restart --wait/silent/json`.
  let id: String
  /// Runs smcontrol and returns what does not hold, as sentences. The row holds when there is none.
  let violations: @Sendable () async throws -> [String]

  init(_ id: String, violations: @escaping @Sendable () async throws -> [String]) {
    self.id = id
    self.violations = violations
  }
}

/// The sentences of a row that does not hold.
struct Violations {
  private(set) var list: [String] = []

  /// Adds `sentence` unless `condition` is true.
  mutating func require(_ condition: Bool, _ sentence: @autoclosure () -> String) {
    if !condition { list.append(sentence()) }
  }

  /// Adds `others`.
  mutating func add(_ others: [String]) { list += others }
}
