// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControl
package import SystemPackage

package enum Directories {
  /// The names in `directory`, without `.` and `..`, in the order in which they come (`readdir(3)`).
  ///
  /// - Throws: the `errno` of `opendir` or `readdir`.
  package static func names(in directory: FilePath) throws(Errno) -> [[UInt8]] {
    let stream = unsafe directory.withPlatformString { unsafe opendir($0) }
    guard let stream = unsafe stream else { throw Errno(rawValue: errno) }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return names
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != [ASCII.dot], name != [ASCII.dot, ASCII.dot] { names.append(name) }
    }
  }
}
