// SPDX-License-Identifier: Apache-2.0

extension Span<UInt8> {
  /// Returns whether the first bytes are `start`.
  func starts(with start: ArraySlice<UInt8>) -> Bool {
    guard count >= start.count else { return false }
    for (index, byte) in start.enumerated() where self[index] != byte { return false }
    return true
  }

  /// A copy of the bytes.
  var array: [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in indices { copy.append(self[index]) }
    return copy
  }
}
