// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
internal import Synchronization

/// The reasons why tests are skipped, on standard error: once a reason, not once a test. A notice begins
/// with Swift Testing's own mark of what is skipped: `Scripts/run-tests` repeats what begins with it.
public enum SkipNotice {
  private static let printed = Mutex<Set<String>>([])

  /// Prints `reason` unless it was printed before.
  public static func print(_ reason: String) {
    guard printed.withLock({ $0.insert(reason).inserted }) else { return }
    FileHandle.standardError.write(Data("➜ \(reason)\n".utf8))
  }
}

/// The variables that say which tests are wanted.
public enum WantedTests {
  /// True if `CI` is set: then nothing is skipped.
  public static let isEverything = isSet("CI")

  /// Returns whether a test may expect what this machine may lack: always in CI, where its absence is a
  /// failure; elsewhere `reason` is printed when it is not there.
  public static func mayExpect(_ isThere: Bool, otherwise reason: String) -> Bool {
    if isThere || isEverything { return true }
    SkipNotice.print(reason)
    return false
  }

  /// Returns whether the variable `name` is set, to anything but nothing, `0` and `false`.
  public static func isSet(_ name: String) -> Bool {
    !["", "0", "false"].contains(ProcessInfo.processInfo.environment[name] ?? "")
  }
}
