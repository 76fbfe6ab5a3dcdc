// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SystemPackage

/// A queue directory with the subdirectories that sendmail keeps files of one kind in, when they are
/// there (`QP_SUBQF` and `QP_SUBDF` in sendmail's `queue.c`).
struct QueueParts {
  /// The queue directory itself.
  let main: OpenDirectory
  /// `qf`, for control files.
  let control: OpenDirectory?
  /// `df`, for bodies.
  let data: OpenDirectory?

  /// Opens the directory at `path` and what is in it.
  ///
  /// - Throws: the `errno` of `open` or `openat`.
  init(_ path: FilePath) throws(Errno) {
    let main = try OpenDirectory(path)
    control = main.hasDirectory("qf") ? try OpenDirectory("qf", in: main) : nil
    data = main.hasDirectory("df") ? try OpenDirectory("df", in: main) : nil
    self.main = main
  }
}
