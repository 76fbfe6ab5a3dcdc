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

  /// What the process was given. A variable that is set but empty counts as not set.
  static func current() -> Environment {
    Environment(
      socket: value(of: "SMCONTROL_SOCKET"), configurationFile: value(of: "SMCONTROL_CF"),
      timeout: value(of: "SMCONTROL_TIMEOUT"))
  }

  private static func value(of name: String) -> String? {
    guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
    return unsafe String(cString: value)
  }
}
