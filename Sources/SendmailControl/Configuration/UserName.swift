// SPDX-License-Identifier: Apache-2.0

/// Users and groups as sendmail reads them in values.
enum UserName {
  /// Splits `user:group`, `user.group` or `user/group` at the first of the three.
  static func split(_ value: [UInt8]) -> (user: [UInt8], group: [UInt8]?) {
    let separator = value.firstIndex {
      $0 == ASCII.dot || $0 == ASCII.slash || $0 == ASCII.colon
    }
    guard let separator else { return (value, nil) }
    return (Array(value[..<separator]), Array(value[(separator + 1)...]))
  }

  /// Returns whether a name is taken for a number: its first byte decides.
  static func isNumber(_ name: [UInt8]) -> Bool {
    name.first.map(ASCII.isDigit) ?? false
  }
}
