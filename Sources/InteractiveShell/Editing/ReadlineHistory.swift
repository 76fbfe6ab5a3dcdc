// SPDX-License-Identifier: GPL-3.0-or-later

@unsafe @preconcurrency internal import CReadline
internal import Glibc

/// The lines that readline goes through with the arrow keys and Ctrl-R.
enum ReadlineHistory {
  /// Makes `lines` the history, the newest last.
  static func replace(with lines: [String]) {
    clear_history()
    for line in lines { unsafe add_history(line) }
  }

  /// Adds `line`, in the place of the same one before.
  static func add(_ line: String, limit: Int) {
    var index: CInt = 0
    while index < history_length {
      // history_get counts from history_base, remove_history from 0.
      guard let entry = unsafe history_get(history_base + index) else { break }
      if unsafe String(cString: entry.pointee.line) == line {
        remove(index)
      } else {
        index += 1
      }
    }
    unsafe add_history(line)
    while history_length > CInt(limit) { remove(0) }
  }

  private static func remove(_ index: CInt) {
    guard let entry = unsafe remove_history(index) else { return }
    unsafe free(free_history_entry(entry))
  }
}
