// SPDX-License-Identifier: GPL-3.0-or-later

internal import FoundationEssentials
internal import SendmailControl
internal import SendmailControlClient
internal import SendmailControlDaemon
internal import SystemPackage

/// What `--cf` takes from a sendmail.cf.
struct ConfigurationSettings {
  /// The settings for the daemon.
  let settings: DaemonSettings

  /// Reads `file` as sendmail does.
  ///
  /// - Throws: ``ConfigurationFileError``.
  init(file: String, trustsStickyBit: Bool) throws(ConfigurationFileError) {
    let resolved: ResolvedConfiguration
    do {
      resolved = try ConfigurationReader().read(file: FilePath(file))
    } catch {
      throw .unreadable(error)
    }
    let configuration = resolved.configuration
    let queues = QueueDirectories(of: configuration, in: .live)
    if let code = configuration.daemonExitCode(with: queues) {
      throw .refusesToStart(
        configuration.diagnostics(with: queues).map {
          ConfigurationListing.text(of: $0, file: file)
        }, exitCode: code)
    }
    guard let socket = resolved.controlSocket else { throw .noSocket(file: file) }
    settings = Self.settings(
      configuration, socket: socket, trustsStickyBit: trustsStickyBit)
  }

  private static func settings(
    _ configuration: SendmailConfiguration, socket: [UInt8], trustsStickyBit: Bool
  ) -> DaemonSettings {
    var settings = DaemonSettings()
    settings.socketPath = socket
    settings.pidFile = configuration.pidFile
    settings.maximumChildren = configuration.maximumDaemonChildren
    settings.refuseLoadAverage = configuration.refuseLA
    settings.minimumFreeSpace = configuration.minimumFreeBlocks
    if !configuration.daemonPorts.isEmpty {
      settings.portNames = configuration.daemonPorts.map {
        String(decoding: $0.name, as: UTF8.self)
      }
    }
    settings.helpFile = .some(configuration.helpFile.flatMap(contents))
    settings.controlTimeout = .seconds(configuration.timeout(.control))
    let forgiven = configuration.dontBlameSendmail
    settings.pathCheck = .ofThisProcess(
      trustsStickyBit: trustsStickyBit || forgiven.contains(.truststickybit),
      allowsGroupWritableDirectories: forgiven.contains(.groupwritabledirpathsafe),
      trustedUser: configuration.trustedUserID)
    return settings
  }

  /// A file that cannot be read is no help, as for sendmail.
  private static func contents(of path: [UInt8]) -> [UInt8]? {
    FileManager.default.contents(atPath: String(decoding: path, as: UTF8.self)).map { Array($0) }
  }
}

/// A sendmail.cf that no daemon can be run by.
enum ConfigurationFileError: Error, CustomStringConvertible {
  /// It cannot be read.
  case unreadable(ConfigurationReadError)
  /// It sets no `ControlSocketName`.
  case noSocket(file: String)
  /// A real daemon would exit with this code, for these reasons.
  case refusesToStart([String], exitCode: Int32)

  var description: String {
    switch self {
    case .unreadable(let error): "\(error); \(error.advice)"
    case .noSocket(let file): "\(file): ControlSocketName is not set: set it, or give --socket"
    case .refusesToStart(let reasons, _): reasons.joined(separator: "; ")
    }
  }
}
