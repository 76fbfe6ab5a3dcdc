// SPDX-License-Identifier: GPL-3.0-or-later

/// The progress of a scan of queue directories.
public struct QueueProgress: Sendable, Equatable {
  /// Queue directories that have been scanned.
  public var directories = 0
  /// All queue directories that are known so far.
  public var allDirectories = 0
  /// Directory entries that have been read.
  public var entries = 0
}
