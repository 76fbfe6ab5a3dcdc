// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import SendmailControl
internal import SystemPackage
internal import SystemSupport

/// The directories of all queues in which the control file of a body, or the body of a control file, may be:
/// sendmail may keep them in different queue directories (the control file's `d` line).
struct MessageParts {
  private var control: [FilePath]
  private var data: [FilePath]

  /// The parts of messages in the queue directories at `queues`.
  init(_ queues: [[UInt8]]) {
    var seen: Set<[UInt8]> = []
    let queues = queues.filter { seen.insert($0).inserted }
    control = queues.map { Self.directory("qf", of: $0) }
    data = queues.map { Self.directory("df", of: $0) }
  }

  /// Returns the same, with the queue directory at `queue` the first to be searched: most parts are there.
  func searching(_ queue: [UInt8]) -> MessageParts {
    var parts = self
    parts.control.insert(Self.directory("qf", of: queue), at: 0)
    parts.data.insert(Self.directory("df", of: queue), at: 0)
    return parts
  }

  /// Returns whether any directory has a control file for the body called `name`; true when that cannot be
  /// seen.
  func haveControl(of name: [UInt8]) -> Bool {
    control.contains { Self.has(name, QueueFileKind.controlLetters, in: $0) }
  }

  /// Returns whether any directory has the body of the control file called `name`; true when that cannot be
  /// seen.
  func haveBody(of name: [UInt8]) -> Bool {
    data.contains { Self.has(name, [UInt8(ascii: "d")], in: $0) }
  }

  /// Returns the directory of the files of one kind of a queue directory: the one called `name` in it, where it
  /// exists.
  private static func directory(_ name: String, of queue: [UInt8]) -> FilePath {
    let path = FilePath(bytes: queue)
    let inner = path.appending(name)
    return (try? inner.stat().type) == .directory ? inner : path
  }

  /// Returns whether `directory` has the file called `name` with one of these first letters instead of its own.
  private static func has(_ name: [UInt8], _ letters: [UInt8], in directory: FilePath) -> Bool {
    var path = (directory.bytes + [ASCII.slash] + name).cString
    let letter = path.count - 1 - name.count
    return letters.contains { kind in
      path[letter] = CChar(kind)
      var facts = stat()
      return unsafe fstatat(AT_FDCWD, path, &facts, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT
    }
  }
}
