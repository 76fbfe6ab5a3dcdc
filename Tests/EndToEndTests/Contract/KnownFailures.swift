// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The rows of the contract that do not hold yet. A row that holds must not be listed.
enum KnownFailures {
  /// Patterns for names of rows, and why these rows fail. In a pattern `*` is any text and `@(a|b)` is `a`
  /// or `b`.
  static let list: [(pattern: String, reason: String)] = []

  /// Returns the reason why the row `id` fails, or `nil` for one that must hold.
  static func reason(for id: String) -> String? {
    list.first { matches(id, $0.pattern) }?.reason
  }

  /// The patterns for `family` that fit none of `ids`.
  static func unused(in ids: [String], family: String) -> [String] {
    list.map(\.pattern).filter { pattern in
      pattern.hasPrefix("\(family)/") && !ids.contains { matches($0, pattern) }
    }
  }

  /// Returns whether `pattern` fits `id`.
  static func matches(_ id: String, _ pattern: String) -> Bool {
    // FNM_EXTMATCH of the GNU C library, which Glibc's module leaves out.
    unsafe fnmatch(pattern, id, 1 << 5) == 0
  }
}
