// SPDX-License-Identifier: GPL-3.0-or-later

extension Duration {
  /// The duration in seconds to the millisecond, as text: `0.021`.
  public var seconds: String {
    let (seconds, attoseconds) = components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    guard milliseconds > 0 else { return String(seconds) }
    let digits = String(1000 + milliseconds).dropFirst()
    return "\(seconds).\(digits)"
  }
}
