// SPDX-License-Identifier: Apache-2.0

/// A configuration together with the places that its base directory and its control socket have in a
/// file system.
public struct ResolvedConfiguration: Sendable {
  /// The configuration.
  public let configuration: SendmailConfiguration
  /// The base queue directory as an absolute path without symbolic links; as written when there is
  /// no such directory. It is looked up each time, and only where it is needed: its file system may hang.
  public var baseQueueDirectory: ByteText {
    let base = configuration.baseQueueDirectory.path
    return ByteText(files.realPath(of: base) ?? base)
  }
  /// The control socket as an absolute path, or `nil` when none is set. The directories of a
  /// relative name are resolved, those of an absolute one are left as they are written.
  public let controlSocket: ByteText?
  private let files: any FileView

  /// Resolves the paths of `configuration` in `files`.
  package init(_ configuration: SendmailConfiguration, in files: any FileView) {
    self.configuration = configuration
    self.files = files
    controlSocket = configuration.controlSocket.path.map { path in
      guard !path.isAbsolute else { return ByteText(path.name) }
      let (directory, file) = path.split
      guard let real = files.realPath(of: directory) else { return ByteText(path.absolute) }
      return ByteText(ControlSocketPath(name: file, base: real).absolute)
    }
  }
  /// The statistics file as an absolute path, or `nil` when `StatusFile` is not set. sendmail opens a
  /// relative one in its working directory, the base queue directory.
  package var statisticsFile: ByteText? {
    configuration.statusFile.map { name in
      name.first == ASCII.slash
        ? ByteText(name) : ByteText(baseQueueDirectory.bytes + [ASCII.slash] + name)
    }
  }
}
