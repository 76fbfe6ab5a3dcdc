// SPDX-License-Identifier: GPL-3.0-or-later

public import SystemPackage

/// Why the history cannot be read or kept.
public struct HistoryError: Error, Sendable, CustomStringConvertible {
  /// The system call that failed; empty when it was none.
  public let call: String
  /// What it said, or `nil` when the reason is another one.
  public let errno: Errno?
  /// The file or directory.
  public let path: FilePath
  /// The reason that is no system call's.
  public let reason: String

  init(call: String, _ error: any Error, path: FilePath) {
    self.call = call
    errno = error as? Errno ?? .ioError
    self.path = path
    reason = ""
  }

  init(path: FilePath, reason: String) {
    call = ""
    errno = nil
    self.path = path
    self.reason = reason
  }

  /// What failed and why, without the path.
  public var description: String {
    errno.map { "\(call): \($0)" } ?? reason
  }
}
