// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControlDaemon
internal import SystemPackage

/// The exit codes of smcontrold, from sysexits.h.
enum DaemonExitStatus {
  /// `EX_NOINPUT`
  static let noInput: Int32 = 66
  /// `EX_SOFTWARE`
  static let software: Int32 = 70
  /// `EX_OSERR`
  static let system: Int32 = 71
  /// `EX_OSFILE`, which sendmail ends with when it cannot restart.
  static let osFile: Int32 = 72
  /// `EX_CANTCREAT`
  static let cannotCreate: Int32 = 73
  /// `EX_NOPERM`
  static let noPermission: Int32 = 77
  /// `EX_CONFIG`
  static let configuration: Int32 = 78

  /// The exit code for `error`.
  static func code(for error: any Error) -> Int32 {
    switch error {
    case let error as DaemonError: code(for: error)
    case let error as ConfigurationFileError: code(for: error)
    default: software
    }
  }

  private static func code(for error: ConfigurationFileError) -> Int32 {
    switch error {
    case .unreadable: noInput
    case .noSocket: configuration
    case .refusesToStart(_, let exitCode): exitCode
    }
  }

  private static func code(for error: DaemonError) -> Int32 {
    switch error.code {
    case .unsafePath, .noPath, .notASocket: configuration
    case .pidFileLocked, .unsafePIDFile: cannotCreate
    default: code(forCall: error.systemCall, error.errno)
    }
  }

  private static func code(forCall call: String?, _ errno: Errno?) -> Int32 {
    switch (call, errno) {
    case (_, .permissionDenied), (_, .notPermitted): noPermission
    case (_, .fileNameTooLong): configuration
    case ("open", _): cannotCreate
    default: system
    }
  }
}
