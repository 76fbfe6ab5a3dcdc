// SPDX-License-Identifier: GPL-3.0-or-later

internal import FoundationEssentials
internal import SendmailControl
internal import SendmailControlClient
internal import SendmailControlDaemon
internal import SystemPackage
internal import SystemSupport

/// The settings that `--cf` takes from a sendmail.cf.
struct ConfigurationSettings {
  private let configuration: SendmailConfiguration
  private let socket: [UInt8]
  private let trustsStickyBit: Bool

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
    configuration = resolved.configuration
    let queues = QueueDirectories(of: configuration, in: .live)
    if let code = configuration.startup(with: queues, as: .reader).exitStatus {
      throw .refusesToStart(
        configuration.diagnostics(with: queues).map {
          ConfigurationReport.text(of: $0, file: file)
        }, exitCode: code)
    }
    guard let socket = resolved.controlSocket else { throw .noSocket(file: file) }
    self.socket = socket.bytes
    self.trustsStickyBit = trustsStickyBit
  }

  /// Sets in `daemon` what the file says.
  func apply(to daemon: inout DaemonConfiguration) {
    daemon.socketPath = FilePath(bytes: socket)
    daemon.pidFile = FilePath(bytes: configuration.pidFile.bytes)
    let timeout = configuration.timeout(.control)
    daemon.controlTimeout = timeout > 0 ? .seconds(timeout) : nil
    daemon.state.maximumChildren = configuration.maximumDaemonChildren
    daemon.state.refuseLoadAverage = configuration.refuseLA
    daemon.state.minimumFreeSpace = configuration.minimumFreeBlocks
    if !configuration.daemonPorts.isEmpty {
      daemon.state.ports = configuration.daemonPorts.map {
        ServedPort(name: String(decoding: $0.name, as: UTF8.self))
      }
    }
    daemon.state.help = configuration.helpFile.flatMap(Self.contents).map { HelpFile(text: $0) }
    let tolerated = configuration.dontBlameSendmail
    daemon.pathRules = .ofThisProcess(
      trustsStickyBit: trustsStickyBit || tolerated.contains(.truststickybit),
      allowsGroupWritableDirectories: tolerated.contains(.groupwritabledirpathsafe),
      trustedUser: configuration.trustedUserID)
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
