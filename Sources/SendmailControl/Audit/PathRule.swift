// SPDX-License-Identifier: Apache-2.0

/// A rule of sendmail's safe-file check that a path can break (`safefile.c` of sendmail 8.17).
package enum PathRule: Sendable, Hashable {
  /// A world-writable directory on the path.
  case worldWritableDirectory
  /// A group-writable directory on the path.
  case groupWritableDirectory
  /// A symbolic link at the socket's path.
  case symbolicLink
  /// A file with more than one hard link at the socket's path.
  case hardLink
  /// A file with an execute bit at the socket's path.
  case executable
  /// The last directory does not let the daemon's user create the socket.
  case directoryNotWritable
  /// The file at the path belongs to a user that sendmail does not trust.
  case foreignOwner
  /// The file at the path cannot be read and written by the daemon's user.
  case fileNotWritable
  /// The file at the path is not a regular one.
  case notARegularFile
  /// The file at the path may be written by its group.
  case groupWritableFile
  /// The file at the path may be written by all users.
  case worldWritableFile
  /// The file at the path may be read by its group.
  case groupReadableFile
  /// The file at the path may be read by all users.
  case worldReadableFile
  /// A component cannot be looked up (`EACCES`).
  case notPermitted
  /// A component is missing.
  case missing
  /// A component that must be a directory is not one.
  case notADirectory
  /// Symbolic links form a loop.
  case tooManyLinks
  /// The path does not fit into a socket address.
  case nameTooLong
  /// The look-up failed with this `errno`.
  case systemError(Int32)

  /// The reason in sendmail's words, as in its log line `daemon could not open control socket PATH: …`;
  /// `nil` where the words are those of the C library for the ``errno``.
  package var reason: String? {
    switch self {
    case .worldWritableDirectory: "World writable directory"
    case .groupWritableDirectory: "Group writable directory"
    case .symbolicLink: "Symbolic links not allowed"
    case .hardLink: "Hard links not allowed"
    case .executable: "Executable files not allowed"
    case .notARegularFile: "Regular files only"
    case .groupWritableFile: "Group writable file"
    case .worldWritableFile: "World writable file"
    case .groupReadableFile: "Group readable file"
    case .worldReadableFile: "World readable file"
    case .directoryNotWritable, .foreignOwner, .fileNotWritable, .notPermitted: "Permission denied"
    case .missing: "No such file or directory"
    case .notADirectory: "Not a directory"
    case .tooManyLinks: "Too many levels of symbolic links"
    case .nameTooLong: "File name too long"
    case .systemError: nil
    }
  }
}
