// SPDX-License-Identifier: Apache-2.0

package import SystemPackage

/// The reason why a file could not be read or written, or a program could not be run.
package struct FileError: Error, Sendable, Equatable {
  /// The system call that failed, such as `open`; empty when we refused.
  package let call: String
  /// Its error, or `nil` when we refused.
  package let errno: Errno?
  /// The file.
  package let path: FilePath
  /// The fault, when no call failed.
  package let reason: String

  /// The failure of `call` on the file at `path`, with an `Errno`.
  package init(_ call: String, _ error: any Error, path: FilePath) {
    self.call = call
    errno = error as? Errno ?? .ioError
    self.path = path
    reason = ""
  }

  /// The call that runs a program.
  package static let execution = "exec"

  /// The failure to run the program at `path`, or of this name.
  ///
  /// `error` is the error, if one is known. That a file is missing is also said of one that is
  /// there and may not be run.
  package init(running path: FilePath, _ error: Errno?) {
    let error = error ?? .noSuchFileOrDirectory
    let isThere = path.bytes.contains(UInt8(ascii: "/")) && (try? Stat(path)) != nil
    self.init(
      Self.execution,
      error == .noSuchFileOrDirectory && isThere && !Files.isExecutable(path)
        ? Errno.permissionDenied : error, path: path)
  }

  /// The refusal of the file at `path` for `reason`.
  package init(path: FilePath, reason: String) {
    call = ""
    errno = nil
    self.path = path
    self.reason = reason
  }
}

extension FileError: CustomStringConvertible {
  /// The file, and what failed.
  package var description: String {
    "\(path.escaped): \(errno.map { "\(call): \($0)" } ?? reason)"
  }
}
