// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// System V shared memory segments, as `SharedMemoryKey` names them.
enum SharedMemorySegment {
  /// A key that no segment of the machine has.
  static func unusedKey() -> Int32 {
    while true {
      let key = Int32.random(in: 1_000_000...Int32.max)
      if shmget(key, 0, 0) == -1 { return key }
    }
  }

  /// Removes the segment with `key`, if there is one. It outlives the daemon that made it when that
  /// was killed.
  static func remove(key: Int32) {
    let segment = shmget(key, 0, 0)
    if segment != -1 { _ = shmctl(segment, IPC_RMID, nil) }
  }
}
