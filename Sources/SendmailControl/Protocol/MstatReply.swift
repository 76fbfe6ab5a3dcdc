// SPDX-License-Identifier: Apache-2.0

/// The reply to `mstat`: the same as `status` in tagged lines, with queues and every file system.
package struct MstatReply: Sendable, Equatable {
  /// Children of the daemon, the one that answers not counted (`C:`).
  package var children: Int
  /// `MaxDaemonChildren` (`M:`); 0 or less means no limit.
  package var maximumChildren: Int
  /// One-minute load average, rounded (`L:`); -1 when it could not be read.
  package var loadAverage: Int
  /// The queues (`Q:`), in the daemon's order.
  package var queues: [QueueCount]
  /// The file systems of the queues (`D:`), in order of discovery.
  package var fileSystems: [FileSystemSpace]
  /// The process list in the daemon's slot order (`P:`).
  package var processes: [ProcessEntry]

  /// A reply with these members.
  package init(
    children: Int, maximumChildren: Int, loadAverage: Int, queues: [QueueCount],
    fileSystems: [FileSystemSpace], processes: [ProcessEntry]
  ) {
    self.children = children
    self.maximumChildren = maximumChildren
    self.loadAverage = loadAverage
    self.queues = queues
    self.fileSystems = fileSystems
    self.processes = processes
  }

  /// The reply as the daemon writes it.
  package var bytes: [UInt8] {
    let lines =
      ["C:\(children)", "M:\(maximumChildren)", "L:\(loadAverage)"].map { Array($0.utf8) }
      + queues.map { Array("Q:".utf8) + $0.name + Array(":\($0.count)".utf8) }
      + fileSystems.map {
        Array("D:\($0.index)/".utf8) + $0.name + Array("/\($0.freeSpace)".utf8)
      }
      + processes.map { Array("P:".utf8) + $0.bytes }
    return lines.flatMap { $0 + [ASCII.carriageReturn, ASCII.lineFeed] }
  }
}

/// A queue directory and the number of its messages by the daemon's own count.
package struct QueueCount: Sendable, Equatable {
  /// The absolute path, with `/df` at its end when the directory has a `df` subdirectory; or
  /// ``notConfigured`` or ``notAvailable`` in place of all queues.
  package var name: ByteText
  /// Messages; -1 until the first queue run has counted them. An estimate.
  package var count: Int

  /// A queue and its count.
  package init(name: ByteText, count: Int) {
    self.name = name
    self.count = count
  }

  /// The only entry when the daemon has no usable shared memory (`SharedMemoryKey`).
  package static let notConfigured = QueueCount(name: "NOTCONFIGURED", count: -1)
  /// The only entry when the daemon was compiled without shared memory.
  package static let notAvailable = QueueCount(name: "NOTAVAILABLE", count: -1)
}

/// A file system that holds queue directories.
package struct FileSystemSpace: Sendable, Equatable {
  /// The daemon's number for it, from 0.
  package var index: Int
  /// The first queue directory found on it, relative to the base queue directory.
  package var name: ByteText
  /// Free space for unprivileged users in KiB; -1 when it could not be read.
  package var freeSpace: Int

  /// A file system and its free space.
  package init(index: Int, name: ByteText, freeSpace: Int) {
    self.index = index
    self.name = name
    self.freeSpace = freeSpace
  }
}
