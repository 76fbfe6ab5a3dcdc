// SPDX-License-Identifier: GPL-3.0-or-later

/// A rule of sendmail's safe-file check that a path can break (`safefile.c` of sendmail 8.17).
public enum PathRule: Sendable, Hashable {
  /// A directory on the way that everybody may write to.
  case worldWritableDirectory
  /// A directory on the way that its group may write to.
  case groupWritableDirectory
  /// A symbolic link where the socket belongs.
  case symbolicLink
  /// A file with more than one hard link where the socket belongs.
  case hardLink
  /// A file with an execute bit where the socket belongs.
  case executable
  /// The last directory does not let the daemon's user create the socket.
  case directoryNotWritable
  /// The file at the path belongs to a user that sendmail does not trust with it.
  case foreignOwner
  /// The file at the path cannot be read and written by the daemon's user.
  case fileNotWritable
  /// A component cannot be looked at (`EACCES`).
  case notPermitted
  /// A component is missing.
  case missing
  /// A component that must be a directory is none.
  case notADirectory
  /// Symbolic links lead round in a circle.
  case tooManyLinks
  /// The path does not fit into a socket address.
  case nameTooLong
  /// The system refused to look, with this `errno`.
  case systemError(Int32)

  /// sendmail's words for it, as in its log line `daemon could not open control socket PATH: …`;
  /// `nil` where the words are those of the C library for the ``errno``.
  public var reason: String? {
    switch self {
    case .worldWritableDirectory: "World writable directory"
    case .groupWritableDirectory: "Group writable directory"
    case .symbolicLink: "Symbolic links not allowed"
    case .hardLink: "Hard links not allowed"
    case .executable: "Executable files not allowed"
    case .directoryNotWritable, .foreignOwner, .fileNotWritable, .notPermitted: "Permission denied"
    case .missing: "No such file or directory"
    case .notADirectory: "Not a directory"
    case .tooManyLinks: "Too many levels of symbolic links"
    case .nameTooLong: "File name too long"
    case .systemError: nil
    }
  }
}
