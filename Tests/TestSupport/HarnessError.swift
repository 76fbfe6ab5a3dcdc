// SPDX-License-Identifier: GPL-3.0-or-later

internal import SystemPackage

/// Why the test harness itself could not do its work; never a finding about the code under test.
public struct HarnessError: Error, Sendable, CustomStringConvertible {
  /// What happened, what was expected and what to do about it.
  public let description: String

  /// An error in words.
  public init(_ description: String) {
    self.description = description
  }

  /// An error of the system call `call` on `path`.
  init(_ call: String, _ path: FilePath, _ error: Errno) {
    self.init("\(call) \(path): \(error)")
  }
}
