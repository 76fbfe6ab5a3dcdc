// SPDX-License-Identifier: Apache-2.0

/// The progress of a scan of queue directories.
package struct QueueProgress: Sendable, Equatable {
  /// Queue directories that have been scanned.
  package var directories = 0
  /// All queue directories that are known so far.
  package var allDirectories = 0
  /// Directory entries that have been read.
  package var entries = 0
}
