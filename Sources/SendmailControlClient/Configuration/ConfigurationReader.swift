// SPDX-License-Identifier: Apache-2.0

public import SendmailControl
public import SystemPackage
internal import SystemSupport

/// One of sendmail's two configurations.
public enum ConfigurationKind: Sendable, Hashable, CaseIterable {
  /// The daemon's, `-Am`.
  case mta
  /// The mail submission program's, `-Ac`.
  case msp

  /// The file that is read when none is named.
  public var defaultPath: FilePath {
    switch self {
    case .mta: FilePath(DaemonCommandLine.defaultFile)
    case .msp: FilePath(DaemonCommandLine.submissionFile)
    }
  }
}

/// Reads sendmail.cf and finds what it names on this machine.
public struct ConfigurationReader: Sendable {
  private let accounts: any Accounts
  private let machine: @Sendable () -> Machine
  private let files: any FileView
  private let build: SendmailBuild

  /// A reader that finds users, groups and directories on this machine.
  public init() {
    self.init(accounts: .live)
  }

  /// A reader that finds users and groups in `accounts` and files in `files`.
  ///
  /// `machine` returns the facts about the machine, and is called once there is a file to read.
  /// `build` is the sendmail in question.
  package init(
    accounts: any Accounts = .live,
    machine: @escaping @Sendable @autoclosure () -> Machine = .live(),
    files: any FileView = .live,
    build: SendmailBuild = .debian
  ) {
    self.build = build
    self.accounts = accounts
    self.machine = machine
    self.files = files
  }

  /// Reads the default file of `kind`.
  ///
  /// - Throws: ``ConfigurationReadError``, as ``read(file:overrides:)`` does.
  public func read(
    _ kind: ConfigurationKind, overrides: [OptionOverride] = []
  ) throws(ConfigurationReadError) -> ResolvedConfiguration {
    try read(file: kind.defaultPath, overrides: overrides)
  }

  /// Reads `file`, a regular file or a symbolic link to one, whatever errors it holds.
  ///
  /// - Throws: ``ConfigurationReadError`` when the file cannot be opened (`open`), is no regular file,
  ///   or cannot be read to its end (`read`).
  public func read(
    file: FilePath, overrides: [OptionOverride] = []
  ) throws(ConfigurationReadError) -> ResolvedConfiguration {
    try read(file: file, overrides: overrides, while: { true })
  }

  /// Reads `file` as long as `goesOn` says so.
  ///
  /// - Throws: ``ConfigurationReadError``, as ``read(file:overrides:)`` does, and with `canceled` when it did
  ///   not go on.
  package func read(
    file: FilePath, overrides: [OptionOverride], while goesOn: @escaping @Sendable () -> Bool
  ) throws(ConfigurationReadError) -> ResolvedConfiguration {
    let (bytes, permissions) = try Self.contents(of: file, while: goesOn)
    let configuration = SendmailConfiguration(
      parsing: bytes, file: file.string, overrides: overrides, accounts: accounts,
      machine: machine(), fileMode: permissions,
      conditions: ReadingConditions(
        files: files,
        isDefaultFile: ConfigurationKind.allCases.contains { $0.defaultPath == file },
        build: build, goesOn: goesOn))
    guard goesOn() else {
      throw ConfigurationReadError(
        .cannotRead, errno: .canceled, path: file)
    }
    return ResolvedConfiguration(configuration, in: files)
  }

  private static func contents(
    of file: FilePath, while goesOn: () -> Bool
  ) throws(ConfigurationReadError) -> (bytes: [UInt8], permissions: UInt16) {
    let descriptor: FileDescriptor
    do {
      // Without waiting: a FIFO is refused below, not waited for.
      descriptor = try FileDescriptor.open(file, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw ConfigurationReadError(
        .cannotOpen, systemCall: "open", errno: error as? Errno, path: file)
    }
    defer { try? descriptor.close() }
    do {
      let status = try descriptor.stat()
      guard status.type == .regular else {
        throw ConfigurationReadError(.notPlainFile, systemCall: nil, errno: nil, path: file)
      }
      return (try descriptor.contents(while: goesOn), UInt16(status.permissions.rawValue & 0o7777))
    } catch let error as ConfigurationReadError {
      throw error
    } catch {
      throw ConfigurationReadError(
        .cannotRead, systemCall: "read", errno: error as? Errno, path: file)
    }
  }
}
