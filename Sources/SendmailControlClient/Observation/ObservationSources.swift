// SPDX-License-Identifier: Apache-2.0

package import SendmailControl

/// The questions that an observation asks the system, as values: tests answer them without a system, and
/// another platform answers them in its own way.
package struct ObservationSources: Sendable {
  /// Reads the PID file at a path; tries its lock if asked to.
  package var pidFile: @Sendable (_ path: [UInt8], _ triesLock: Bool) -> Fact<PIDFileFacts>
  /// Examines the file at a socket's path.
  package var socketFile: @Sendable (_ path: [UInt8]) -> Fact<SocketFileFacts>
  /// Tells whether this user may connect to the socket at a path.
  package var mayConnect: @Sendable (_ path: [UInt8]) -> Fact<Bool>
  /// Lists the UNIX-domain sockets of this network namespace that processes listen on.
  package var listeningSockets: @Sendable () -> Fact<[ListeningSocket]>
  /// Lists the processes that started this one, its parent first.
  package var ancestors: @Sendable () -> [Int32]
  /// Tells whether a process is in this process's network namespace; `nil` when that may not be read.
  package var sharesNetwork: @Sendable (_ pid: Int32) -> Bool?
  /// Examines a process: all that this user may read of it.
  package var process: @Sendable (_ pid: Int32) -> Fact<ObservedProcess>
  /// Lists all processes that this user may see, without their programs, directories and users.
  package var processes: @Sendable () -> [ObservedProcess]
  /// Finds the processes that hold one of the sockets with these inodes.
  package var heldSockets: @Sendable (_ inodes: Set<UInt64>) -> HeldSockets
  /// Lists the TCP sockets of this network namespace that processes listen on.
  package var tcpListeners: @Sendable () -> Fact<[TCPListener]>
  /// Lists the inodes of the sockets that a process holds.
  package var socketsOf: @Sendable (_ pid: Int32) -> Fact<Set<UInt64>>
  /// Tries to bind a socket to an address, and to no certain port; tells why that fails, or `nil`.
  package var bindError: @Sendable (_ address: [UInt8]) -> PortObstacle.Cause?
  /// Reads the PID file that a process holds open.
  package var heldPIDFile: @Sendable (_ pid: Int32) -> PIDFileFacts?
  /// Returns the time since the machine was booted.
  package var sinceBoot: @Sendable () -> Duration

  /// Sources that answer with these functions.
  package init(
    pidFile: @escaping @Sendable (_ path: [UInt8], _ triesLock: Bool) -> Fact<PIDFileFacts>,
    socketFile: @escaping @Sendable (_ path: [UInt8]) -> Fact<SocketFileFacts>,
    mayConnect: @escaping @Sendable (_ path: [UInt8]) -> Fact<Bool>,
    listeningSockets: @escaping @Sendable () -> Fact<[ListeningSocket]>,
    ancestors: @escaping @Sendable () -> [Int32],
    sharesNetwork: @escaping @Sendable (_ pid: Int32) -> Bool?,
    process: @escaping @Sendable (_ pid: Int32) -> Fact<ObservedProcess>,
    processes: @escaping @Sendable () -> [ObservedProcess],
    heldSockets: @escaping @Sendable (_ inodes: Set<UInt64>) -> HeldSockets,
    tcpListeners: @escaping @Sendable () -> Fact<[TCPListener]>,
    socketsOf: @escaping @Sendable (_ pid: Int32) -> Fact<Set<UInt64>>,
    bindError: @escaping @Sendable (_ address: [UInt8]) -> PortObstacle.Cause? = { _ in nil },
    heldPIDFile: @escaping @Sendable (_ pid: Int32) -> PIDFileFacts? = { _ in nil },
    sinceBoot: @escaping @Sendable () -> Duration = { BootTime.now().elapsed }
  ) {
    self.pidFile = pidFile
    self.socketFile = socketFile
    self.mayConnect = mayConnect
    self.listeningSockets = listeningSockets
    self.ancestors = ancestors
    self.sharesNetwork = sharesNetwork
    self.process = process
    self.processes = processes
    self.heldSockets = heldSockets
    self.tcpListeners = tcpListeners
    self.socketsOf = socketsOf
    self.bindError = bindError
    self.heldPIDFile = heldPIDFile
    self.sinceBoot = sinceBoot
  }
}
