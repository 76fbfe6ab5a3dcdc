// SPDX-License-Identifier: GPL-3.0-or-later

extension SendmailConfiguration {
  /// Everything sendmail would say at start: about the file, then about its queues.
  public func diagnostics(with queues: QueueDirectories) -> [ConfigurationDiagnostic] {
    diagnostics + queues.problems
  }

  /// The code a daemon exits with instead of starting, or `nil` when it would start.
  ///
  /// - Parameter queues: the queue directories; `nil` to leave the file system out of the judgement.
  public func daemonExitCode(with queues: QueueDirectories?) -> Int32? {
    func code(_ diagnostic: ConfigurationDiagnostic) -> Int32? {
      guard case .refusesToStart(let code) = diagnostic.effect else { return nil }
      return code
    }
    // sendmail checks its command line before it reads the file and stops there on an error. At
    // values of some options it stops wherever they are.
    let usage = ConfigurationParser.ExitCode.usage
    let early = diagnostics.filter { $0.place == .commandLine }.compactMap(code)
    if let first = early.first { return early.contains(usage) ? usage : first }
    if diagnostics.contains(where: { code($0) == usage }) { return usage }
    let areQueuesUsable = queues.map(\.problems.isEmpty) ?? baseQueueDirectory.isUsable
    guard areQueuesUsable else { return ConfigurationParser.ExitCode.configuration }
    return diagnostics.lazy.compactMap(code).first
  }
}

extension QueueDirectories {
  /// Everything sendmail would say about its queues at start. Each makes it exit with 78.
  public var problems: [ConfigurationDiagnostic] {
    if let problem = base.problem { return [problem] }
    let directory = base.changeDirectoryPath
    if let reason = baseState?.absence {
      return [Self.problem("can not chdir(", directory, "): \(reason)")]
    }
    return groups.compactMap { problem(of: $0) }
  }

  private func problem(of group: Group) -> ConfigurationDiagnostic? {
    switch group.content {
    case .relative: return Self.problem("QueuePath ", group.path, " not absolute")
    case .outside:
      let directory = String(decoding: base.changeDirectoryPath, as: UTF8.self)
      return Self.problem(
        "QueuePath ", group.path, " not subpath of QueueDirectory " + directory)
    case .directories(let directories):
      let reason = directories.lazy.compactMap(\.state.absence).first
      return reason.map { Self.problem("can not opendir(", group.path, "): \($0)") }
    case .unlisted(let directory):
      return directory.state.absence.map {
        Self.problem("can not opendir(", directory.path, "): \($0)")
      }
    case .noMatch:
      return Self.problem(
        "can not opendir(", group.path.dropLast(), "): \(PathRule.missing.reason ?? "")")
    }
  }

  private static func problem(
    _ start: String, _ path: some Sequence<UInt8>, _ end: String
  ) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
      Array(start.utf8) + path + Array(end.utf8), at: .configuration,
      effect: .refusesToStart(exitCode: ConfigurationParser.ExitCode.configuration))
  }
}

extension QueueDirectories.State {
  /// The system's words for an absent directory; `nil` otherwise: a daemon may look where this user
  /// may not.
  fileprivate var absence: String? {
    if case .absent(let rule) = self { rule.reason } else { nil }
  }
}
