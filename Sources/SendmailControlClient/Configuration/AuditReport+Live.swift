// SPDX-License-Identifier: Apache-2.0

package import SendmailControl

extension AuditReport {
  /// Audits `resolved` on this machine.
  ///
  /// - Parameters:
  ///   - resolved: the configuration and its paths as the file system resolves them.
  ///   - isClient: whether the file serves as the mail submission program's, even without UseMSP.
  ///   - observation: the observation of the daemon, with who holds its socket.
  ///   - queues: the queue directories, looked up now by default.
  ///   - files: the files.
  package init(
    ofThisMachine resolved: ResolvedConfiguration, isClient: Bool, observation: DaemonObservation,
    queues: QueueDirectories? = nil, files: LiveFiles = .live
  ) {
    self.init(
      of: resolved, isClient: isClient, observation: observation,
      queues: queues ?? QueueDirectories(of: resolved.configuration, in: files),
      filters: FilterObserver().observe(resolved.configuration.filtersInUse), files: files,
      accounts: .live, machine: .live())
  }
}
