// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl
public import SystemPackage
internal import SystemSupport

extension DaemonState {
  /// A queue directory as `mstat` lists it.
  public struct Queue: Sendable, Hashable {
    /// The absolute path of the directory.
    public var directory: FilePath
    /// The number of messages; `nil` before the first queue run has counted them.
    public var messages: Int?

    /// A queue directory and its count.
    public init(directory: FilePath, messages: Int?) {
      self.directory = directory
      self.messages = messages
    }
  }

  /// The queue directories that `mstat` lists; `nil` for a daemon without shared memory
  /// (`SharedMemoryKey`), which has no counts.
  public var queues: [Queue]? {
    get {
      guard queueCounts != [.notConfigured], queueCounts != [.notAvailable] else { return nil }
      return queueCounts.map { queue in
        Queue(
          directory: FilePath(bytes: queue.name),
          messages: queue.count < 0 ? nil : queue.count)
      }
    }
    set {
      queueCounts =
        newValue?.map { queue in
          QueueCount(name: ByteText(queue.directory.bytes), count: queue.messages ?? -1)
        } ?? [.notConfigured]
    }
  }
}
