// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// The environment variables smcontrol looks at; an option on the command line goes before each.
struct Environment: Sendable {
  /// The names of the variables.
  enum Name: String, CaseIterable {
    case socket = "SMCONTROL_SOCKET"
    case configurationFile = "SMCONTROL_CF"
    case timeout = "SMCONTROL_TIMEOUT"
    case readOnly = "SMCONTROL_READONLY"
    case ownPager = "SMCONTROL_PAGER"
    case pager = "PAGER"
    case noColor = "NO_COLOR"
    case forcedColor = "CLICOLOR_FORCE"
    case columns = "COLUMNS"
    case allLocale = "LC_ALL"
    case characterLocale = "LC_CTYPE"
    case locale = "LANG"
    case terminal = "TERM"
  }

  private let values: [String: String]

  /// What the process was given.
  static func current() -> Environment {
    var values: [String: String] = [:]
    for name in Name.allCases {
      if let value = unsafe getenv(name.rawValue) {
        values[name.rawValue] = unsafe String(cString: value)
      }
    }
    return Environment(values: values)
  }

  /// `SMCONTROL_SOCKET`: the control socket, as `-f`.
  var socket: String? { value(of: Name.socket.rawValue) }
  /// `SMCONTROL_CF`: the configuration file, as `-C`.
  var configurationFile: String? { value(of: Name.configurationFile.rawValue) }
  /// `SMCONTROL_TIMEOUT`: seconds, as `--timeout`.
  var timeout: String? { value(of: Name.timeout.rawValue) }

  /// `SMCONTROL_READONLY`: as `--read-only`, by anything but 0.
  var isReadOnly: Bool { value(of: Name.readOnly.rawValue).map { $0 != "0" } ?? false }

  /// `SMCONTROL_PAGER`, or else `PAGER`: the pager and its arguments. Empty, it is a wish for none.
  var pager: String? { values[Name.ownPager.rawValue] ?? values[Name.pager.rawValue] }

  /// The variable called `name`. One that is set but empty counts as not set.
  func value(of name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
