// SPDX-License-Identifier: GPL-3.0-or-later

/// Times as a column of a table holds them.
enum DurationText {
  /// A time in its two largest units: `0s`, `45s`, `4m12s`, `3h05m`, `2d03h`.
  static func short(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m\(two(seconds % 60))s"
    case ..<86400: return "\(seconds / 3600)h\(two(seconds % 3600 / 60))m"
    default: return "\(seconds / 86400)d\(two(seconds % 86400 / 3600))h"
    }
  }

  /// Processor time: below a minute in hundredths of a second, `0.07s`.
  static func processor(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    guard seconds < 60 else { return short(duration) }
    return "\(seconds).\(two(attoseconds / 10_000_000_000_000_000))s"
  }

  private static func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}
