// SPDX-License-Identifier: GPL-3.0-or-later

public import SendmailControl

/// The mode in which the daemon was started, which shows in `help` and in its process id after a
/// restart.
public enum DaemonMode: String, Sendable, CaseIterable {
  /// `-bd`: detached. `help` has no codes and ends its lines in LF; a restart changes the process id.
  case background
  /// `-bD`: in the foreground. `help` has codes and CRLF; a restart keeps the process id.
  case foreground
}

/// A port that the daemon takes mail on (`DaemonPortOptions`).
public struct ServedPort: Sendable, Equatable {
  /// `Name=`, which titles mention.
  public var name: [UInt8]
  /// The port's own `refuseLA=`, before the daemon's; 0 disables refusal, `nil` means not set.
  public var refuseLoadAverage: Int?

  /// A port of this name.
  public init(name: String = "MTA", refuseLoadAverage: Int? = nil) {
    self.name = Array(name.utf8)
    self.refuseLoadAverage = refuseLoadAverage
  }
}

/// Everything that the replies of the daemon are made of.
public struct DaemonState: Sendable, Equatable {
  /// The daemon's and its children's slots.
  public var processes: ProcessTable
  /// The mode in which the daemon was started.
  public var mode: DaemonMode
  /// `MaxDaemonChildren`; 0 or less means no limit.
  public var maximumChildren: Int
  /// One-minute load average, rounded; -1 when it cannot be read.
  public var loadAverage: Int
  /// Free space of the first queue group's file system in KiB, as `status` prints it; -1 when it
  /// cannot be read.
  public var freeSpace: Int
  /// The `Q:` lines of `mstat`.
  public var queues: [QueueCount]
  /// The `D:` lines of `mstat`.
  public var fileSystems: [FileSystemSpace]
  /// The ports, in the order of the configuration; none leaves the title at `Sendmail daemon`.
  public var ports: [ServedPort]
  /// `RefuseLA`; 0 disables.
  public var refuseLoadAverage: Int
  /// `MinFreeBlocks` in KiB; 0 disables. Compared with ``freeSpace``.
  public var minimumFreeSpace: Int
  /// The daemon's own line of the list, when it shall not follow from the other members.
  public var title: [UInt8]?
  /// The file that `help` reads; `nil` when there is none that sendmail would read.
  public var help: HelpFile?
  /// sendmail's version, which `help` mentions when there is no file.
  public var version: String
  /// The output of `memdump` when the daemon runs with `-dsm_check_heap`; otherwise `nil`.
  public var heapReport: HeapReport?

  /// The state of an idle daemon with one port, one plain queue directory and no shared memory.
  ///
  /// - Parameter processID: the daemon's process id.
  public init(processID: Int32) {
    processes = ProcessTable([
      DaemonProcess(kind: .daemon, pid: processID, text: SendmailWords.initial)
    ])
    mode = .foreground
    maximumChildren = 0
    loadAverage = 0
    freeSpace = 80_681_788
    queues = [.notConfigured]
    fileSystems = [FileSystemSpace(index: 0, name: ".", freeSpace: 80_681_788)]
    ports = [ServedPort()]
    refuseLoadAverage = 0
    minimumFreeSpace = 0
    title = nil
    help = .example
    version = "8.17.1.9"
    heapReport = nil
  }

  /// The daemon's process id; 0 when it has no slot.
  public var processID: Int32 {
    get { processes.processes.first { $0.kind == .daemon }?.pid ?? 0 }
    set { processes.update(pid: processID) { $0.pid = newValue } }
  }
}
