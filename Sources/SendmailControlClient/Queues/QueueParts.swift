// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SystemPackage
internal import SystemSupport

/// A queue directory with its subdirectories for files of one kind, if it has any (`QP_SUBQF` and
/// `QP_SUBDF` in sendmail's `queue.c`).
struct QueueParts {
  /// The queue directory itself.
  let main: OpenDirectory
  /// `qf`, for control files.
  let control: OpenDirectory?
  /// `df`, for bodies.
  let data: OpenDirectory?

  /// Opens the directory at `path` and its subdirectories.
  ///
  /// - Throws: the `errno` of `open` or `openat`.
  init(_ path: FilePath) throws(Errno) {
    let main = try OpenDirectory(path)
    control = main.hasDirectory("qf") ? try OpenDirectory("qf", in: main) : nil
    data = main.hasDirectory("df") ? try OpenDirectory("df", in: main) : nil
    self.main = main
  }
}
