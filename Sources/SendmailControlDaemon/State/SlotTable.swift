// SPDX-License-Identifier: Apache-2.0

internal import SendmailControl

/// A process that the daemon keeps a slot for.
package struct DaemonProcess: Sendable, Equatable {
  /// The kinds of processes.
  package enum Kind: Sendable, Equatable {
    /// The daemon itself, the only one that is no child.
    case daemon
    /// It serves one SMTP connection.
    case smtpServer
    /// It runs the queues of one work group.
    case queueRunner
    /// It serves one control connection.
    case controlChild
  }

  /// The kind of the process.
  package var kind: Kind
  /// The process id.
  package var pid: Int32
  /// sendmail's words for it; empty for none, and then it is listed as `(unknown)`.
  package var text: [UInt8]

  /// A process with a text of its own.
  package init(kind: Kind, pid: Int32, text: [UInt8]) {
    self.kind = kind
    self.pid = pid
    self.text = text
  }

  /// A child that serves the SMTP connection of `peer`, which stands as sendmail writes it:
  /// `192.0.2.1`, `IPv6:2001:db8:0:0:0:0:0:1` or `[UNIX: localhost]`.
  package static func smtpServer(pid: Int32, peer: String) -> DaemonProcess {
    DaemonProcess(kind: .smtpServer, pid: pid, text: SendmailWords.smtpServer + peer.utf8)
  }

  /// A child that runs the queue.
  package static func queueRunner(pid: Int32) -> DaemonProcess {
    DaemonProcess(kind: .queueRunner, pid: pid, text: SendmailWords.queueRunner)
  }

  /// A control child as the other control children see it.
  static func controlChild(pid: Int32) -> DaemonProcess {
    DaemonProcess(kind: .controlChild, pid: pid, text: SendmailWords.control)
  }
}

/// The daemon's table of processes: slots, of which a new process takes the lowest free one
/// (`proc_list_add` in sendmail's `conf.c`).
package struct SlotTable: Sendable, Equatable {
  private var slots: [DaemonProcess?] = []
  /// The number of free slots, so that a full table is not searched for one.
  private var freeCount = 0

  /// A table that `processes` have entered one after the other.
  package init(_ processes: [DaemonProcess] = []) {
    for process in processes { enter(process) }
  }

  /// The processes in slot order.
  package var processes: [DaemonProcess] { slots.compactMap(\.self) }

  /// The ids of all processes.
  var pids: Set<Int32> { Set(slots.lazy.compactMap { $0?.pid }) }

  /// The highest of the ids.
  var highestPID: Int32? { slots.lazy.compactMap { $0?.pid }.max() }

  /// The number of children: all processes but the daemon.
  package var childCount: Int {
    slots.count { $0.map { $0.kind != .daemon } ?? false }
  }

  /// Gives `process` the lowest free slot, whose number is returned.
  @discardableResult
  package mutating func enter(_ process: DaemonProcess) -> Int {
    guard freeCount > 0, let free = slots.firstIndex(where: { $0 == nil }) else {
      slots.append(process)
      return slots.count - 1
    }
    slots[free] = process
    freeCount -= 1
    return free
  }

  /// Takes the process with this id out and leaves its slot free. An unknown id changes nothing.
  package mutating func leave(pid: Int32) {
    guard let slot = slots.firstIndex(where: { $0?.pid == pid }) else { return }
    free(slot)
  }

  private mutating func free(_ slot: Int) {
    slots[slot] = nil
    freeCount += 1
  }

  /// Returns whether a process with this id has a slot.
  package func contains(pid: Int32) -> Bool {
    slots.contains { $0?.pid == pid }
  }

  /// Changes the process with this id. An unknown id changes nothing.
  package mutating func update(pid: Int32, _ change: (inout DaemonProcess) -> Void) {
    guard let slot = slots.firstIndex(where: { $0?.pid == pid }), var process = slots[slot] else {
      return
    }
    change(&process)
    slots[slot] = process
  }

  /// Takes out the processes that `keeping` denies, the one in slot 0 excepted: sendmail's
  /// `proc_list_probe` never asks whether that one is alive.
  mutating func probe(keeping isAlive: (DaemonProcess) -> Bool) {
    for slot in slots.indices.dropFirst() {
      if let process = slots[slot], !isAlive(process) { free(slot) }
    }
  }

  /// The table as the protocol lists it.
  var entries: [ProcessEntry] {
    processes.map {
      ProcessEntry(
        pid: $0.pid, text: ByteText($0.text.isEmpty ? SendmailWords.undescribed : $0.text))
    }
  }
}
