// SPDX-License-Identifier: GPL-3.0-or-later

internal import SystemPackage

/// The reason why the test harness itself could not do its work; never a finding about the code under
/// test.
public struct HarnessError: Error, Sendable, CustomStringConvertible {
  /// The failure, the expectation and the remedy.
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
