// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
package import SystemPackage

extension FilePath {
  /// The path made of `bytes`, which need not be UTF-8; a NUL ends it.
  package init(bytes: some Sequence<UInt8>) {
    self.init(platformString: bytes.cString)
  }

  /// The path made of `bytes`, which need not be UTF-8; a NUL ends it.
  package init(bytes: [UInt8]) {
    self.init(platformString: bytes.cString)
  }

  /// The path's bytes, without a NUL.
  package var bytes: [UInt8] {
    unsafe withPlatformString { unsafe Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
  }

  /// The path as text that a terminal does not obey.
  package var escaped: String { TerminalEscaping.escape(bytes) }
}
