// SPDX-License-Identifier: GPL-3.0-or-later

public import Testing

extension Trait where Self == ConditionTrait {
  /// For tests that need the real sendmail: without one they are skipped with a printed reason on a
  /// developer's machine, and fail where `CI` is set, so that they are never skipped unnoticed.
  public static var needsRealSendmail: Self {
    .enabled("the real sendmail is not available here (the reason is printed on standard error)") {
      try await RealSendmail.isAvailable()
    }
  }
}

extension RealSendmail {
  /// Returns whether there is a real sendmail; the reason is printed when there is none.
  ///
  /// - Throws: ``HarnessError``, where `CI` is set and there is none.
  public static func isAvailable() async throws -> Bool {
    do {
      _ = try await required()
      return true
    } catch {
      guard !WantedTests.isEverything else { throw error }
      SkipNotice.print("Tests with the real sendmail are skipped: \(error)")
      return false
    }
  }
}
