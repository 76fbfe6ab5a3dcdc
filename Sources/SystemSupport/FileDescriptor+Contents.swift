// SPDX-License-Identifier: Apache-2.0

package import SystemPackage

extension FileDescriptor {
  /// The bytes from the present position to the end.
  ///
  /// `limit` is the largest number of bytes. `goesOn` is called before each piece, and returns
  /// whether to go on.
  ///
  /// - Throws: the `errno` of `read`; `fileTooLarge` past `limit`, and `canceled` when it does not go on.
  package func contents(
    atMost limit: Int = .max, while goesOn: () -> Bool = { true }
  ) throws(Errno) -> [UInt8] {
    var contents: [UInt8] = []
    // Most files are small.
    var size = 4096
    while true {
      guard goesOn() else { throw .canceled }
      let piece = try readOnce(atMost: size)
      guard !piece.isEmpty else { return contents }
      guard piece.count <= limit - contents.count else { throw .fileTooLarge }
      contents += piece
      size = min(2 * size, 64 * 1024)
    }
  }

  /// Reads `size` bytes or fewer (`read(2)`), again after a signal; none at the end.
  ///
  /// - Throws: the `errno` of `read`.
  package func readOnce(atMost size: Int) throws(Errno) -> [UInt8] {
    try Errno.rethrowing {
      unsafe try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = unsafe try read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    }
  }
}

extension Errno {
  /// Calls `body`, whose errors are all `Errno`, as those of swift-system's calls are.
  package static func rethrowing<Value>(_ body: () throws -> Value) throws(Errno) -> Value {
    do {
      return try body()
    } catch let error as Errno {
      throw error
    } catch {
      throw .ioError
    }
  }
}
