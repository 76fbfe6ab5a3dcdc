// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
public import Testing

extension Trait where Self == ConditionTrait {
  /// For tests that need the real sendmail: without one they are skipped with a printed reason on a
  /// developer's machine, and fail where `CI` is set, so that they are never skipped unnoticed.
  public static var needsRealSendmail: Self {
    .enabled("the real sendmail cannot be had here (the reason is printed on standard error)") {
      try await RealSendmail.isAvailable()
    }
  }
}

extension RealSendmail {
  /// Whether there is a real sendmail; the reason is printed when there is none.
  ///
  /// - Throws: ``HarnessError``, where `CI` is set and there is none.
  public static func isAvailable() async throws -> Bool {
    do {
      _ = try await required()
      return true
    } catch {
      guard !isContinuousIntegration else { throw error }
      await skipNotice.value(for: "\(error)")
      return false
    }
  }

  private static var isContinuousIntegration: Bool {
    let value = ProcessInfo.processInfo.environment["CI"] ?? ""
    return !["", "0", "false"].contains(value)
  }

  private static let skipNotice = SkipNotice()

  /// Prints the reason once, not once a test.
  private actor SkipNotice {
    private var isPrinted = false

    func value(for reason: String) {
      guard !isPrinted else { return }
      isPrinted = true
      let notice = "Tests with the real sendmail are skipped: \(reason)\n"
      FileHandle.standardError.write(Data(notice.utf8))
    }
  }
}
