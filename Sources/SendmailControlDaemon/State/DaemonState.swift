// SPDX-License-Identifier: Apache-2.0

public import SendmailControl

/// The mode in which the daemon was started, which shows in `help` and in its process ID after a
/// restart.
public enum DaemonMode: Sendable, CaseIterable {
  /// `-bd`: detached. `help` has no codes and ends its lines in LF; a restart changes the process ID.
  case background
  /// `-bD`: in the foreground. `help` has codes and CRLF; a restart keeps the process ID.
  case foreground
}

/// A port that the daemon takes mail on (`DaemonPortOptions`).
package struct ServedPort: Sendable, Equatable {
  /// `Name=`, which titles mention.
  package var name: [UInt8]
  /// The port's own `refuseLA=`, which overrides the daemon's; 0 disables refusal, `nil` means not set.
  package var refuseLoadAverage: Int?

  /// A port of this name.
  package init(name: String = "MTA", refuseLoadAverage: Int? = nil) {
    self.name = Array(name.utf8)
    self.refuseLoadAverage = refuseLoadAverage
  }
}

/// The state of a daemon, from which its replies are made.
public struct DaemonState: Sendable, Equatable {
  /// The daemon's and its children's slots, control children included.
  package var processes: SlotTable
  /// The mode in which the daemon was started.
  public var mode = DaemonMode.foreground
  /// `MaxDaemonChildren`; `nil` for no limit. A daemon that has reached it rejects connections for 15 seconds
  /// at least, and says so in its line of the list.
  public var maximumChildren: Int?
  /// The load average of one minute, rounded; `nil` when the daemon cannot read it.
  public var loadAverage: Int? = 0
  /// The free space of the first queue group's file system in KiB, as `status` prints it; `nil` when the
  /// daemon cannot read it.
  public var freeSpace: Int? = 80_681_788
  /// The `Q:` lines of `mstat`.
  package var queueCounts = [QueueCount.notConfigured]
  /// The `D:` lines of `mstat`.
  package var fileSystems = [
    FileSystemSpace(index: 0, name: ".", freeSpace: 80_681_788)
  ]
  /// The ports, in the order of the configuration; none leaves the title at `Sendmail daemon`.
  package var ports = [ServedPort()]
  /// `RefuseLA`; 0 disables.
  package var refuseLoadAverage = 0
  /// `MinFreeBlocks` in KiB; 0 disables. Compared with ``freeSpace``.
  package var minimumFreeSpace = 0
  /// The text of the daemon's own line of the list; `nil` for what follows from the rest of the state, such
  /// as `accepting connections`.
  public var title: ByteText?
  /// The help file; `nil` when there is none that sendmail would read.
  public var help: HelpFile? = .example
  /// sendmail's version, which `help` mentions when there is no file.
  package var version = "8.17.1.9"
  /// The output of `memdump`; `nil` for a daemon without memory checks, which refuses the command.
  public var heapReport: HeapReport?

  /// The state of an idle daemon with one port, one queue directory and no shared memory.
  ///
  /// - Parameter processID: the daemon's process ID; `nil` for that of this process.
  public init(processID: Int32? = nil) {
    processes = SlotTable([
      DaemonProcess(
        kind: .daemon, pid: processID ?? SystemCalls.processID, text: SendmailWords.initial)
    ])
  }

  /// The daemon's process ID; 0 when it has no slot.
  public var processID: Int32 {
    get { processes.processes.first { $0.kind == .daemon }?.pid ?? 0 }
    set { processes.update(pid: processID) { $0.pid = newValue } }
  }
}
