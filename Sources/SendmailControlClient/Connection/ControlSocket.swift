// SPDX-License-Identifier: Apache-2.0

public import SendmailControl
public import SystemPackage
internal import SystemSupport

/// A daemon's control socket: its path, and the directory in which a relative name was bound.
public struct ControlSocket: Sendable, Hashable {
  /// The path of the socket.
  public let path: FilePath
  /// The directory in which the daemon bound a relative name. It makes a socket reachable whose path is
  /// too long for a socket address; `nil` for a name that was absolute.
  public let bindingDirectory: FilePath?

  /// The socket at `path`.
  ///
  /// - Parameters:
  ///   - path: the path of the socket.
  ///   - directory: the directory in which the daemon bound a relative name, the beginning of `path`.
  public init(path: FilePath, boundIn directory: FilePath? = nil) {
    self.path = path
    bindingDirectory = directory
  }

  /// The socket that sendmail.cf names (`ControlSocketName`), as sendmail finds it: a relative name is
  /// in the base queue directory.
  ///
  /// - Parameters:
  ///   - file: the configuration file; `/etc/mail/sendmail.cf` when none is given.
  ///   - overrides: settings over those of the file, as `-O` and `-o` of sendmail.
  /// - Throws: ``ControlError``: `noConfiguration` when the file cannot be read, `noSocketConfigured`
  ///   when it sets no socket.
  public init(
    configuration file: FilePath? = nil, overrides: [OptionOverride] = []
  ) throws(ControlError) {
    let file = file ?? ConfigurationKind.mta.defaultPath
    let resolved: ResolvedConfiguration
    do {
      resolved = try ConfigurationReader().read(file: file, overrides: overrides)
    } catch {
      throw ControlError(
        .noConfiguration, call: error.systemCall ?? "", errno: error.errno, path: file)
    }
    guard let socket = ControlSocket(resolved) else {
      throw ControlError(.noSocketConfigured, path: file)
    }
    self = socket
  }

  /// The socket that `resolved` names, or `nil` when it sets none.
  package init?(_ resolved: ResolvedConfiguration) {
    guard let name = resolved.configuration.controlSocket.path, let path = resolved.controlSocket
    else { return nil }
    self.init(
      path: FilePath(bytes: path.bytes),
      boundIn: name.isAbsolute ? nil : FilePath(bytes: resolved.baseQueueDirectory.bytes))
  }
}

extension ControlSocket: CustomStringConvertible {
  /// The path, with escapes for control characters.
  public var description: String { path.escaped }
}
