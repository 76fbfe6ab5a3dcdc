// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a look at queues has come.
public struct QueueProgress: Sendable, Equatable {
  /// Queue directories that have been looked at.
  public var directories = 0
  /// Queue directories in all.
  public var allDirectories = 0
  /// Directory entries that have been seen.
  public var entries = 0
}

/// The user asked for the end of a look at queues (SIGINT, SIGTERM or SIGHUP).
public struct QueueLookInterrupted: Error, Sendable {
  /// The interruption.
  public init() {}
}
