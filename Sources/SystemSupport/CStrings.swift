// SPDX-License-Identifier: GPL-3.0-or-later

extension Sequence<UInt8> {
  /// These bytes as a C string: up to the first NUL, and a NUL.
  package var cString: [CChar] {
    var characters = prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
    characters.append(0)
    return characters
  }
}

extension Sequence<CChar> {
  /// The bytes of a C string, without the NUL at its end.
  package var bytesOfCString: [UInt8] {
    prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  }
}
