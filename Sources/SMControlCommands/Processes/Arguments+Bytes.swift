// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import Subprocess

extension Arguments {
  /// The arguments as these bytes, which need not be UTF-8.
  init(bytes: some Sequence<[UInt8]>) {
    // Subprocess takes them as C strings, and does not add the NUL.
    self.init(bytes.map { $0.prefix { $0 != ASCII.null } + [ASCII.null] })
  }
}
