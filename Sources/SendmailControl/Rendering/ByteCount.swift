// SPDX-License-Identifier: GPL-3.0-or-later

/// An amount of storage, shown in the largest binary unit that leaves a number of at least one.
struct ByteCount {
  /// The amount in KiB.
  let kibibytes: Int

  /// One decimal from MiB up: `512 KiB`, `79.9 GiB`.
  var text: String {
    let units = ["KiB", "MiB", "GiB", "TiB", "PiB"]
    var unit = 0
    var divisor = 1
    while unit < units.count - 1, kibibytes / divisor >= 1024 {
      divisor *= 1024
      unit += 1
    }
    guard unit > 0 else { return "\(kibibytes) KiB" }
    let whole = kibibytes / divisor
    let tenths = (kibibytes % divisor) * 10 / divisor
    return "\(whole).\(tenths) \(units[unit])"
  }
}
