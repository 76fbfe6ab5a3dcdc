// SPDX-License-Identifier: Apache-2.0

/// The reason why bytes are not the contents of a statistics file.
package enum StatisticsFormatError: Error, Sendable, Equatable {
  /// They do not begin with sendmail's magic number.
  case noMagicNumber
  /// They are in the form of another version of sendmail.
  case version(Int)
  /// They end too early. `expected` is `nil` when they do not even tell their length.
  case truncated(count: Int, expected: Int?)
  /// The size of the structure, which is in it, is that of no machine.
  case structureSize(Int)
  /// The count at this place is too large to be one.
  case count(UInt64, offset: Int)
}

extension StatisticsFormatError: CustomStringConvertible {
  /// The fault, and what was expected.
  package var description: String {
    switch self {
    case .noMagicNumber:
      "not a statistics file: expected sendmail's magic number 0x1B1DE at its beginning"
    case .version(let version):
      """
      a statistics file of version \(version): expected version 4, which sendmail has had since 8.13
      """
    case .truncated(let count, let expected?):
      "a statistics file that is cut short: \(count) bytes, expected \(expected)"
    case .truncated(let count, nil):
      "a statistics file that is cut short: \(count) bytes, too few for its head"
    case .structureSize(let size):
      """
      a damaged statistics file: its size is said to be \(size) bytes, which is not that of \
      sendmail's structure on any machine
      """
    case .count(let count, let offset):
      "a damaged statistics file: the count at byte \(offset) is \(count)"
    }
  }
}
