// SPDX-License-Identifier: Apache-2.0

/// The limits in the configuration that the daemon's figures are compared with.
package struct StatusThresholds: Sendable, Equatable {
  /// `QueueLA`: from this load on mail is rather queued than sent at once.
  package var queueLA: Int
  /// `RefuseLA`: from this load on SMTP connections are refused; 0 or less means never.
  package var refuseLA: Int
  /// `DelayLA`: from this load on sendmail waits a second before each SMTP command; 0 or less means never.
  package var delayLA: Int
  /// `ConnectionRateThrottle`: the most connections a second; 0 or less means no limit.
  package var connectionRate: Int
  /// `MinFreeBlocks`, in blocks of the queue's file system; 0 or less means no check.
  package var minimumFreeBlocks: Int
  /// `SharedMemoryKey`: 0 means that queues are not counted.
  package var sharedMemoryKey: Int
  /// The names of the SMTP ports (`Name=` of `DaemonPortOptions`), in order.
  package var daemonNames: [[UInt8]]
  /// `ProcessTitlePrefix`; empty when it is not set.
  package var titlePrefix: [UInt8]

  package init(
    queueLA: Int, refuseLA: Int, delayLA: Int = 0, connectionRate: Int = 0,
    minimumFreeBlocks: Int, sharedMemoryKey: Int, daemonNames: [[UInt8]],
    titlePrefix: [UInt8] = []
  ) {
    self.delayLA = delayLA
    self.connectionRate = connectionRate
    self.queueLA = queueLA
    self.refuseLA = refuseLA
    self.minimumFreeBlocks = minimumFreeBlocks
    self.sharedMemoryKey = sharedMemoryKey
    self.daemonNames = daemonNames
    self.titlePrefix = titlePrefix
  }

  /// Returns whether sendmail delays each SMTP command at this load average, which it rounds.
  package func delays(at load: Double) -> Bool {
    delayLA > 0 && (load + 0.5).rounded(.down) >= Double(delayLA)
  }

  /// Those of `configuration`, sendmail's defaults included.
  package init(_ configuration: SendmailConfiguration) {
    self.init(
      queueLA: configuration.queueLA, refuseLA: configuration.refuseLA,
      delayLA: configuration.delayLA, connectionRate: configuration.connectionRateThrottle,
      minimumFreeBlocks: configuration.minimumFreeBlocks,
      sharedMemoryKey: configuration.sharedMemoryKey,
      daemonNames: configuration.servedPorts.map(\.name),
      titlePrefix: configuration.processTitlePrefix)
  }
}
