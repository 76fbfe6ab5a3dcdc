// SPDX-License-Identifier: GPL-3.0-or-later

/// A queue directory of a queue group.
public struct QueuePlace: Sendable, Hashable {
  /// The path, as sendmail makes it of the configuration.
  public var path: [UInt8]
  /// The path below the base queue directory; `.` for the base itself.
  public var name: [UInt8]

  /// A directory at `path`, called `name`.
  public init(path: [UInt8], name: [UInt8]) {
    self.path = path
    self.name = name
  }
}

/// The queue directories of a queue group, or why they are not known.
public struct QueueGroupPlaces: Sendable, Hashable {
  /// The group's name.
  public var group: [UInt8]
  /// Its directories by name; empty when a pattern matches none, or ``unlisted`` is there.
  public var places: [QueuePlace]
  /// The directory that has to be listed to find them and cannot be.
  public var unlisted: [UInt8]?

  /// A group with these directories.
  public init(group: [UInt8], places: [QueuePlace], unlisted: [UInt8]? = nil) {
    self.group = group
    self.places = places
    self.unlisted = unlisted
  }
}

extension SendmailConfiguration {
  /// The queue directories of all groups, as sendmail finds them when it starts (`multiqueue_cache`
  /// in its `queue.c`): a `*` at the end of a path stands for all directories, and links to
  /// directories, whose names begin with what is before it.
  ///
  /// A group whose path sendmail would refuse has no directories.
  public func queuePlaces(in fileSystem: QueueFileSystem) -> [QueueGroupPlaces] {
    let base = baseQueueDirectory
    guard base.isUsable else {
      return queueGroups.map { QueueGroupPlaces(group: $0.name, places: []) }
    }
    return queueGroups.map { group in
      let path = group.path
      guard path == base.path || path.starts(with: base.changeDirectoryPath) else {
        return QueueGroupPlaces(group: group.name, places: [])
      }
      guard path.last == ASCII.asterisk, let slash = path.lastIndex(of: ASCII.slash) else {
        return QueueGroupPlaces(group: group.name, places: [place(path, below: base)])
      }
      // The root is a directory, too.
      let directory = slash == 0 ? [ASCII.slash] : Array(path[..<slash])
      let prefix = path[(slash + 1)...].dropLast()
      guard let names = fileSystem.subdirectories(directory) else {
        return QueueGroupPlaces(group: group.name, places: [], unlisted: directory)
      }
      let places = names.filter { $0.starts(with: prefix) }
        .sorted { $0.lexicographicallyPrecedes($1) }
        .map { place((slash == 0 ? [] : directory) + [ASCII.slash] + $0, below: base) }
      return QueueGroupPlaces(group: group.name, places: places)
    }
  }

  private func place(_ path: [UInt8], below base: BaseQueueDirectory) -> QueuePlace {
    var path = path
    while path.count > 1, path.last == ASCII.slash { path.removeLast() }
    let start = base.changeDirectoryPath
    let name = path.starts(with: start) ? Array(path[start.count...]) : [ASCII.dot]
    return QueuePlace(path: path, name: name)
  }
}
