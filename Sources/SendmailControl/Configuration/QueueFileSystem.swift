// SPDX-License-Identifier: GPL-3.0-or-later

/// What sendmail asks the file system for when it sets its queues up.
public struct QueueFileSystem: Sendable {
  /// Why a directory cannot be used: the system's words, such as `No such file or directory`.
  public struct Failure: Error, Sendable, Hashable {
    /// The system's words.
    public var text: String

    /// A failure with the system's words for it.
    public init(text: String) {
      self.text = text
    }
  }

  /// Whether a directory can be entered; the path has neither macros nor patterns. Only what would
  /// stop a daemon, too, is a failure.
  public var enter: @Sendable (_ directory: [UInt8]) -> Result<Void, Failure>
  /// The directory's absolute path without symbolic links, `.` and `..`, or `nil` (`realpath`).
  public var realPath: @Sendable (_ directory: [UInt8]) -> [UInt8]?
  /// The names of the directories in a directory, symbolic links to one included; `nil` when it
  /// cannot be listed, which proves nothing, for a daemon is allowed more.
  public var subdirectories: @Sendable (_ directory: [UInt8]) -> [[UInt8]]?

  /// A file system that answers with these functions.
  public init(
    enter: @escaping @Sendable (_ directory: [UInt8]) -> Result<Void, Failure>,
    realPath: @escaping @Sendable (_ directory: [UInt8]) -> [UInt8]?,
    subdirectories: @escaping @Sendable (_ directory: [UInt8]) -> [[UInt8]]?
  ) {
    self.enter = enter
    self.realPath = realPath
    self.subdirectories = subdirectories
  }
}
