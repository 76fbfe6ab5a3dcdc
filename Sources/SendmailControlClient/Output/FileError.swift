// SPDX-License-Identifier: GPL-3.0-or-later

public import SystemPackage

/// Why a file could not be written.
public struct FileError: Error, Sendable, Equatable {
  /// The system call that failed, such as `open`; empty when we refused.
  public let call: String
  /// Its error, or `nil` when we refused.
  public let errno: Errno?
  /// The file.
  public let path: FilePath
  /// What was wrong, when no call failed.
  public let reason: String
}

extension FileError: CustomStringConvertible {
  /// The file, and what failed.
  public var description: String {
    "\(path.harmlessText): \(errno.map { "\(call): \($0)" } ?? reason)"
  }
}
