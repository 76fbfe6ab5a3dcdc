// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import SystemPackage

/// Standard input, output and error, as a program is started with them.
package enum StandardDescriptors {
  /// Opens `/dev/null` in the place of each that is closed: what is opened next would get its number,
  /// and with it all that is written to standard output or standard error.
  ///
  /// They are opened the wrong way round, so that reading and writing fail with `EBADF`, as they do
  /// where the descriptor is closed. To be called before anything else is opened.
  ///
  /// - Throws: `Errno`, when `/dev/null` cannot be opened.
  package static func occupy() throws(Errno) {
    // In this order, since a file gets the lowest number that is free.
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      guard fcntl(descriptor, F_GETFD) < 0 else { continue }
      let opened = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      guard opened >= 0 else { throw Errno(rawValue: errno) }
    }
  }
}
