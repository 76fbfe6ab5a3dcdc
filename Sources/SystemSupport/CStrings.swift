// SPDX-License-Identifier: Apache-2.0

extension Sequence<UInt8> {
  /// These bytes as a C string: up to the first NUL, and a NUL.
  package var cString: [CChar] {
    var characters = prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
    characters.append(0)
    return characters
  }
}

extension [UInt8] {
  /// The same for an array, without the types that the one for any sequence makes at run time.
  package var cString: [CChar] {
    var characters: [CChar] = []
    characters.reserveCapacity(count + 1)
    for byte in self {
      if byte == 0 { break }
      characters.append(CChar(bitPattern: byte))
    }
    characters.append(0)
    return characters
  }
}

extension [CChar] {
  /// The bytes of a C string, without the NUL at its end.
  package var bytesOfCString: [UInt8] {
    var bytes: [UInt8] = []
    for character in self {
      if character == 0 { break }
      bytes.append(UInt8(bitPattern: character))
    }
    return bytes
  }
}
