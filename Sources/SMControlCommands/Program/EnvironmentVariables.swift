// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import SendmailControlClient
internal import SystemPackage
internal import SystemSupport

/// The environment variables that smcontrol reads; options override them.
struct EnvironmentVariables: Sendable {
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

  /// The variables that are set. A dictionary of so few costs more than a search through them.
  private let values: [(name: String, value: [UInt8])]

  /// Returns the environment of this process.
  static func current() -> EnvironmentVariables {
    var values: [(name: String, value: [UInt8])] = []
    for name in Name.allCases {
      if let value = unsafe getenv(name.rawValue) {
        values.append((name.rawValue, unsafe FilePath(platformString: value).bytes))
      }
    }
    return EnvironmentVariables(values: values)
  }

  /// `SMCONTROL_SOCKET`: the control socket, as `-f`.
  var socket: FilePath? { path(of: .socket) }
  /// `SMCONTROL_CF`: the configuration file, as `-C`.
  var configurationFile: FilePath? { path(of: .configurationFile) }
  /// `SMCONTROL_TIMEOUT`: seconds, as `--timeout`.
  var timeout: String? { value(of: Name.timeout.rawValue) }

  /// `SMCONTROL_READONLY`: as `--read-only`, by anything but 0.
  var isReadOnly: Bool { value(of: Name.readOnly.rawValue).map { $0 != "0" } ?? false }

  /// `SMCONTROL_PAGER`, or else `PAGER`: the pager and its arguments. Empty, it is a wish for none.
  var pager: String? { text(of: .ownPager) ?? text(of: .pager) }

  /// `SMCONTROL_HISTFILE`, or else `smcontrol/history` below `XDG_STATE_HOME` or `~/.local/state`: where
  /// the shell keeps its history. `nil` for nowhere, which an empty `SMCONTROL_HISTFILE` wishes for.
  var historyFile: String? {
    if let file = text(of: .historyFile) { return file.isEmpty ? nil : file }
    // A relative one is to be ignored, says the XDG base directory specification.
    if let state = value(of: Name.stateHome.rawValue), state.hasPrefix("/") {
      return state + "/smcontrol/history"
    }
    // A home that is not there is not made.
    guard let home = value(of: Name.home.rawValue), home.hasPrefix("/") else { return nil }
    guard unsafe access(home, F_OK) == 0 else { return nil }
    return home + "/.local/state/smcontrol/history"
  }

  /// The variable called `name`. One that is set but empty counts as not set.
  func value(of name: String) -> String? {
    bytes(of: name).flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
  }

  /// The variable as it is set, which may be empty.
  private func text(of name: Name) -> String? {
    bytes(of: name.rawValue).map { String(decoding: $0, as: UTF8.self) }
  }

  private func path(of name: Name) -> FilePath? {
    bytes(of: name.rawValue).flatMap { $0.isEmpty ? nil : FilePath(bytes: $0) }
  }

  private func bytes(of name: String) -> [UInt8]? {
    values.first { $0.name == name }?.value
  }
}
