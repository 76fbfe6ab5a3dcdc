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
    case historyFile = "SMCONTROL_HISTFILE"
    case stateHome = "XDG_STATE_HOME"
    case home = "HOME"
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

  /// `SMCONTROL_HISTFILE`, or else `smcontrol/history` below `XDG_STATE_HOME` or `~/.local/state`: where
  /// the shell keeps its history. `nil` for nowhere, which an empty `SMCONTROL_HISTFILE` wishes for.
  var historyFile: String? {
    if let file = values[Name.historyFile.rawValue] { return file.isEmpty ? nil : file }
    // A relative one is to be ignored, says the XDG base directory specification.
    if let state = value(of: Name.stateHome.rawValue), state.hasPrefix("/") {
      return state + "/smcontrol/history"
    }
    return value(of: Name.home.rawValue).flatMap {
      $0.hasPrefix("/") ? $0 + "/.local/state/smcontrol/history" : nil
    }
  }

  /// The variable called `name`. One that is set but empty counts as not set.
  func value(of name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
