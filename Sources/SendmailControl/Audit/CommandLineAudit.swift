// SPDX-License-Identifier: GPL-3.0-or-later

/// What daemons were started with.
struct CommandLineAudit {
  private let context: AuditContext

  init(_ context: AuditContext) {
    self.context = context
  }

  /// Findings about command lines that set the control socket; `nil` when there are none.
  func group() -> AuditReport.Group? {
    let file = Array(context.configuration.file.utf8)
    var group = AuditReport.Group(.daemon, file)
    var processes: Set<Int32> = []
    for line in context.sight.commandLines where processes.insert(line.pid).inserted {
      guard let name = Self.controlSocket(line.arguments) else { continue }
      group.findings.append(
        Finding(
          .commandLineControlSocket, file,
          """
          process \(line.pid) was started with ControlSocketName=\(HarmlessText.make(name)) \
          (\(line.origin))
          """,
          mending: [
            .setting("O ControlSocketName=\(HarmlessText.make(name))"),
            .advice("leave the option out where the daemon is started, and restart it"),
          ]))
    }
    return group.findings.isEmpty ? nil : group
  }

  /// The socket that these arguments set, if they do.
  static func controlSocket(_ arguments: [[UInt8]]) -> [UInt8]? {
    OptionOverride.all(in: arguments).compactMap { override -> [UInt8]? in
      guard let assignment = try? override.assignment(),
        assignment.option.code == .controlSocketName
      else { return nil }
      return assignment.value
    }.last
  }
}
