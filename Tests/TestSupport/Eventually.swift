// SPDX-License-Identifier: GPL-3.0-or-later

/// Waits until `condition` returns a value, and calls it again after short pauses.
///
/// The time limit is an upper bound that fails the test, never a time to wait for.
///
/// `description` names the condition, for the error. `timeout` is the upper bound, ample by
/// default, since a machine may be busy. `condition` returns the value, or `nil` as long as there
/// is none.
///
/// - Throws: ``HarnessError`` when the time is up, and what `condition` throws.
@discardableResult
public func eventually<Value>(
  _ description: String, timeout: Duration = .seconds(120),
  _ condition: () async throws -> Value?
) async throws -> Value {
  let clock = ContinuousClock()
  let deadline = clock.now + timeout
  var pause = Duration.milliseconds(1)
  while true {
    if let value = try await condition() { return value }
    guard clock.now < deadline else {
      throw HarnessError("waited \(timeout) in vain for: \(description)")
    }
    try await clock.sleep(for: pause)
    pause = min(pause * 2, .milliseconds(50))
  }
}

/// Waits until `condition` is true, and evaluates it again after short pauses.
///
/// - Throws: ``HarnessError`` when the time is up, and what `condition` throws.
public func eventually(
  _ description: String, timeout: Duration = .seconds(120),
  _ condition: () async throws -> Bool
) async throws {
  try await eventually(description, timeout: timeout) { try await condition() ? () : nil }
}
