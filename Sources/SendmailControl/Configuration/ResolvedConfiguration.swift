// SPDX-License-Identifier: GPL-3.0-or-later

/// A configuration together with what the file system makes of its paths.
public struct ResolvedConfiguration: Sendable {
  /// The configuration.
  public let configuration: SendmailConfiguration
  /// The base queue directory as an absolute path without symbolic links; as written when there is
  /// no such directory.
  public let baseQueueDirectory: [UInt8]
  /// The control socket as an absolute path, or `nil` when none is set. The directories of a
  /// relative name are resolved, those of an absolute one are left as they are written.
  public let controlSocket: [UInt8]?
  /// What sendmail would say about its queues at start.
  public let queueProblems: [ConfigurationDiagnostic]
  /// The code a daemon with this configuration exits with at start, or `nil` when it would run.
  public let daemonExitCode: Int32?

  /// Everything sendmail would say: about the file, then about the queues.
  public var diagnostics: [ConfigurationDiagnostic] {
    configuration.diagnostics + queueProblems
  }

  /// Resolves the paths of `configuration` in `fileSystem`.
  public init(_ configuration: SendmailConfiguration, in fileSystem: QueueFileSystem) {
    self.configuration = configuration
    let base = configuration.baseQueueDirectory.path
    baseQueueDirectory = fileSystem.realPath(base) ?? base
    controlSocket = configuration.controlSocket.path.map { path in
      guard !path.isAbsolute else { return path.name }
      let (directory, file) = path.split
      guard let real = fileSystem.realPath(directory) else { return path.absolute }
      return ControlSocketPath(name: file, base: real).absolute
    }
    queueProblems = configuration.queueProblems(in: fileSystem)
    daemonExitCode = configuration.daemonExitCode(in: fileSystem)
  }
}
