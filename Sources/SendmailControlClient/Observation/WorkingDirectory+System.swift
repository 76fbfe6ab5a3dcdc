// SPDX-License-Identifier: Apache-2.0

package import SendmailControl
internal import SystemPackage
internal import SystemSupport

extension WorkingDirectory {
  /// The comparison for the daemon `process`: three system calls. Only root and the daemon's own user may see
  /// where it works.
  ///
  /// `base` is the base queue directory of its configuration.
  package init(of process: Int32, base: [UInt8]) {
    let link = FilePath("/proc/\(process)/cwd")
    self.init(process: process, configured: base, actual: .absent, isSame: nil)
    do throws(Errno) {
      actual = .known(try Files.linkTarget(of: link))
      let directory = try Stat(link)
      // A directory that is not there is not the daemon's.
      let there = try? Stat(FilePath(bytes: base))
      isSame = there.map { $0.inode == directory.inode && $0.deviceID == directory.deviceID }
      if there == nil || isSame == false {
        isSame = Self.sharesFileSystems(with: process) == false ? nil : false
      }
    } catch {
      actual = .unknown(reason: error.description)
    }
  }

  /// True if the process sees the same file systems as this one; `nil` when that may not be read.
  package static func sharesFileSystems(with process: Int32) -> Bool? {
    guard let own = try? Files.linkTarget(of: "/proc/self/ns/mnt"),
      let other = try? Files.linkTarget(of: FilePath("/proc/\(process)/ns/mnt"))
    else { return nil }
    return own == other
  }
}
