// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// The environment variables smcontrol looks at; an option on the command line goes before each.
struct Environment: Sendable {
  /// `SMCONTROL_SOCKET`: the control socket, as `-f`.
  let socket: String?
  /// `SMCONTROL_CF`: the configuration file, as `-C`.
  let configurationFile: String?
  /// `SMCONTROL_TIMEOUT`: seconds, as `--timeout`.
  let timeout: String?

  /// The names of the variables.
  enum Name: String, CaseIterable {
    case socket = "SMCONTROL_SOCKET"
    case configurationFile = "SMCONTROL_CF"
    case timeout = "SMCONTROL_TIMEOUT"
  }

  /// What the process was given. A variable that is set but empty counts as not set.
  static func current() -> Environment {
    Environment(
      socket: value(of: .socket), configurationFile: value(of: .configurationFile),
      timeout: value(of: .timeout))
  }

  private static func value(of name: Name) -> String? {
    guard let value = unsafe getenv(name.rawValue), unsafe value.pointee != 0 else { return nil }
    return unsafe String(cString: value)
  }
}
