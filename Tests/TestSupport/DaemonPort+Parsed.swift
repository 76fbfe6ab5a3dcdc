// SPDX-License-Identifier: GPL-3.0-or-later

package import SendmailControl

extension DaemonPort {
  /// The port of `DaemonPortOptions` with this value, called MTA unless it has a name.
  package static func parsed(_ value: String) -> DaemonPort {
    let text = value.contains("Name=") ? value : "Name=MTA,\(value)"
    let configuration = SendmailConfiguration(
      parsing: Array("O DaemonPortOptions=\(text)\n".utf8), file: "F", overrides: [])
    return configuration.daemonPorts.first ?? .everyAddress
  }
}
