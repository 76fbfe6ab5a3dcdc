// SPDX-License-Identifier: GPL-3.0-or-later

/// The replies whose text never depends on the daemon's state.
public enum FixedReply {
  /// The promise that `restart` and `shutdown` answer with.
  public static let ok: [UInt8] = Array("OK\r\n".utf8)

  /// What `memdump` answers unless the daemon runs with `-dsm_check_heap.2` or higher.
  public static let memoryDumpUnavailable: [UInt8] = Array(
    "Memory dump unavailable.\r\nTo fix, run sendmail with -dsm_check_heap.4\r\n".utf8)

  /// How the refusal of an unknown command begins.
  public static let badCommandPrefix: [UInt8] = Array("Bad command (".utf8)

  /// The refusal of `word`: echoed raw, cut to ``ControlLimits/longestEcho`` bytes.
  public static func badCommand(_ word: some Collection<UInt8>) -> [UInt8] {
    badCommandPrefix + word.prefix(ControlLimits.longestEcho) + Array(")\r\n".utf8)
  }
}
