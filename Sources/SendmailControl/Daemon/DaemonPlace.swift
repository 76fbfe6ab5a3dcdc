// SPDX-License-Identifier: Apache-2.0

/// The places where a daemon shows without being asked. They say which daemon is meant.
package struct DaemonPlace: Sendable, Equatable {
  /// The absolute path of the control socket; `nil` when none is configured.
  package var socket: [UInt8]?
  /// The name that the daemon binds the socket to, by its configuration; `nil` when the socket was
  /// named without one.
  package var boundName: [UInt8]?
  /// The directory, without symbolic links, in which the daemon binds a relative name.
  package var bindingDirectory: [UInt8]?
  /// The path of the PID file; `nil` when it is not known.
  package var pidFile: [UInt8]?
  /// `ProcessTitlePrefix`; empty when it is not set, or not known.
  package var titlePrefix: [UInt8]
  /// The configuration file; `nil` when it is not known.
  package var configurationFile: [UInt8]?
  /// The base queue directory as the configuration names it; `nil` when it is not known.
  package var queueDirectory: [UInt8]?
  /// The ports of the configuration; empty when they are not known, and for the mail submission program, which has
  /// none.
  package var ports: [DaemonPort] = []
  /// True if the configuration is the mail submission program's, of which only a queue runner can run.
  package var isSubmission = false

  /// A place.
  package init(
    socket: [UInt8]? = nil, boundName: [UInt8]? = nil, bindingDirectory: [UInt8]? = nil,
    pidFile: [UInt8]? = nil, titlePrefix: [UInt8] = [], configurationFile: [UInt8]? = nil
  ) {
    self.socket = socket
    self.boundName = boundName
    self.bindingDirectory = bindingDirectory
    self.pidFile = pidFile
    self.titlePrefix = titlePrefix
    self.configurationFile = configurationFile
  }

  /// The place of the daemon that runs with the configuration `resolved`.
  package init(_ resolved: ResolvedConfiguration) {
    let configuration = resolved.configuration
    let name = configuration.controlSocket.path
    self.init(
      socket: resolved.controlSocket?.bytes, boundName: name?.name,
      bindingDirectory: name?.isAbsolute == false ? resolved.baseQueueDirectory.bytes : nil,
      pidFile: configuration.pidFile.bytes, titlePrefix: configuration.processTitlePrefix,
      configurationFile: Array(configuration.file.utf8))
    note(configuration)
  }

  /// Takes from `configuration` what it says about processes.
  package mutating func note(_ configuration: SendmailConfiguration) {
    isSubmission = configuration.usesMSP
    ports = isSubmission ? [] : configuration.servedPorts
    queueDirectory = configuration.queueDirectory
  }
}
