// SPDX-License-Identifier: Apache-2.0

/// The conditions under which a queue run reads control files, by a configuration.
package struct QueueRunRules: Sendable {
  /// `QueueFileMode`.
  package var fileMode: UInt16
  /// The user that the queue is run as, where that is another than the one who starts it (`RunAsUser`).
  package var runner: UInt32?
  /// The group of that user.
  package var runnerGroup: UInt32?
  /// `TrustedUser`.
  package var trustedUser: UInt32
  /// `UseMSP`: the files of a group that may write the queue belong to the users who sent them.
  package var usesMSP: Bool
  /// `MinQueueAge` in seconds: a message that was tried less long ago is left alone.
  package var minimumAge: Int
  /// `MaxQueueAge` in seconds: the longest time that a message is left alone, which grows with its age; 0 to count
  /// by ``minimumAge``.
  package var maximumAge: Int
  /// True if the run reads control files to choose its messages, as it does unless it sorts by file names or
  /// dates, or not at all.
  package var choosesByContents: Bool
  /// The names of the queue directories, as `d` lines name them; empty when they are not known.
  package var directories: Set<[UInt8]>
  /// `QueueLA`.
  package var queueLA: Int
  /// `QueueFactor`.
  package var queueFactor: Int
  /// The machine's load average, rounded as sendmail does; `nil` when it is not known.
  package var load: Int?

  /// The rules of `configuration`.
  ///
  /// `directories` are the names of its queue directories. `load` is the machine's load average.
  package init(
    _ configuration: SendmailConfiguration, directories: Set<[UInt8]> = [], load: Double? = nil
  ) {
    fileMode = configuration.queueFileMode
    runner = configuration.runAsUser?.userID
    if runner == 0 { runner = nil }
    runnerGroup = configuration.runAsUser?.groupID
    trustedUser = configuration.trustedUserID
    usesMSP = configuration.usesMSP
    minimumAge = configuration.minimumQueueAge
    maximumAge = configuration.maximumQueueAge
    let order = configuration.setting(.queueSortOrder)?.value.first
    choosesByContents = !(order.map { "FfMmNnRr".utf8.contains($0) } ?? false)
    queueLA = configuration.queueLA
    queueFactor = configuration.queueFactor
    self.directories = directories
    self.load = load.map { Int($0 + 0.5) }
  }

  /// The facts about a control file by which it is given up.
  package struct File: Sendable {
    /// The permission bits.
    package var mode: UInt16
    /// The owner.
    package var owner: UInt32
    /// The group.
    package var group: UInt32
    /// The size in bytes.
    package var size: Int
    /// The seconds since the file's last change of any kind (`st_ctime`).
    package var age: Int
    /// The permission bits and the group of its directory.
    package var directory: (mode: UInt16, group: UInt32)

    /// A file with these facts.
    package init(
      mode: UInt16, owner: UInt32, group: UInt32, size: Int, age: Int,
      directory: (mode: UInt16, group: UInt32)
    ) {
      self.mode = mode
      self.owner = owner
      self.group = group
      self.size = size
      self.age = age
      self.directory = directory
    }
  }

  /// The seconds after which a queue run deletes an empty control file.
  package static let emptyFileTime = 600

  /// Returns the reason why a file with these facts is given up; `nil` when there is none.
  package func loss(of file: File) -> QueueLoss? {
    guard mayOpen(file) else { return nil }
    let isShared = fileMode & 0o020 != 0
    if let runner, file.owner != runner, file.owner != trustedUser {
      let isUsers =
        usesMSP && file.group == runnerGroup && isShared && file.directory.mode & 0o020 != 0
        && file.directory.group == file.group
      if !isUsers { return .owner }
    }
    if file.mode & (isShared ? 0o002 : 0o022) != 0 { return .writable }
    return file.size == 0 && file.age > Self.emptyFileTime ? .empty : nil
  }

  /// Returns whether the user that the queue is run as may read and write the file, by its owner, group and
  /// mode. A run passes over one that it may not open, and never delivers it.
  package func mayOpen(_ file: File) -> Bool {
    guard let runner else { return true }
    let shift = file.owner == runner ? 6 : file.group == runnerGroup ? 3 : 0
    return file.mode >> shift & 0o6 == 0o6
  }

  /// Returns whether a message of this priority waits while the load is as it is (`shouldqueue` in sendmail's
  /// `conf.c`), which mailq marks with an X.
  package func waitsForLoad(priority: Int) -> Bool {
    guard let load, load >= queueLA else { return false }
    let (excess, overflow) = (load - queueLA).addingReportingOverflow(1)
    return priority > (overflow || excess < 1 ? 0 : queueFactor / excess)
  }
}
