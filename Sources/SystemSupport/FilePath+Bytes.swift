// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
package import SystemPackage

extension FilePath {
  /// The path made of `bytes`, which need not be UTF-8; a NUL ends it.
  package init(bytes: some Sequence<UInt8>) {
    var characters = bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
    characters.append(0)
    self = unsafe characters.withUnsafeBufferPointer { buffer in
      // The array ends with the NUL appended above, so the base address is there and terminated.
      unsafe buffer.baseAddress.map { unsafe FilePath(platformString: $0) } ?? FilePath()
    }
  }

  /// The path's bytes, without a NUL.
  package var bytes: [UInt8] {
    unsafe withPlatformString { pointer in
      var bytes: [UInt8] = []
      var next = unsafe pointer
      while unsafe next.pointee != 0 {
        bytes.append(UInt8(bitPattern: unsafe next.pointee))
        unsafe next += 1
      }
      return bytes
    }
  }

  /// The path as text that a terminal does not obey.
  package var harmlessText: String { HarmlessText.make(bytes) }
}
