// SPDX-License-Identifier: Apache-2.0

/// The outcome of an attempt to start a daemon with a configuration.
package struct Startup: Sendable, Equatable {
  /// The messages that sendmail would print, in order: about its command line, the lines of the file,
  /// the file as a whole, and its queues and filters.
  package let messages: [ConfigurationDiagnostic]

  /// The status that the daemon exits with instead of starting; `nil` when it would start.
  package var exitStatus: Int32? {
    let codes = messages.compactMap(\.effect.exitCode)
    // sendmail checks its command line before it reads the file, and stops there on an error.
    let usage = ConfigurationParser.ExitCode.usage
    if codes.contains(usage) { return usage }
    // These take the place of the status of the first error.
    let overriding = [
      ConfigurationParser.ExitCode.configuration, ConfigurationParser.ExitCode.unavailable,
    ]
    return codes.last { overriding.contains($0) } ?? codes.first
  }

  /// True if the daemon would start.
  package var wouldStart: Bool { exitStatus == nil }

  /// The message that decides about ``exitStatus``; `nil` when the daemon would start.
  package var cause: ConfigurationDiagnostic? {
    guard let exitStatus else { return nil }
    return messages.first { $0.effect.exitCode == exitStatus }
  }
}

extension ConfigurationDiagnostic.Effect {
  /// The code with which a daemon exits; `nil` for a warning.
  package var exitCode: Int32? {
    if case .refusesToStart(let code) = self { code } else { nil }
  }
}

/// The messages that only a sendmail prints that goes on when it has read its file.
struct DaemonDiagnostics: Sendable {
  /// Those about the file as a whole that come before it becomes the user of `RunAsUser`.
  var beforeUser: [ConfigurationDiagnostic] = []
  /// Those that come before it reads its queues.
  var beforeQueues: [ConfigurationDiagnostic] = []
  /// Those that come after it has read them.
  var afterQueues: [ConfigurationDiagnostic] = []
  /// Those of a daemon about its filters, which come last.
  var onFilters: [ConfigurationDiagnostic] = []
}

extension SendmailConfiguration {
  /// Returns the outcome of root starting sendmail with this configuration.
  ///
  /// `queues` are the queue directories; `nil` to leave the file system out of the judgement.
  /// `role` is the part that sendmail is started for.
  package func startup(
    with queues: QueueDirectories?, as role: StartupRole = .daemon
  ) -> Startup {
    guard !isMacroSource else { return Startup(messages: diagnostics) }
    let lines = reading.messages
    guard !stopsReading(lines) else { return Startup(messages: lines) }
    let about = lines + diagnostics[lineDiagnostics...]
    let onQueues = queues?.problems ?? unusableBase
    let before = about + daemonDiagnostics.beforeQueues + onQueues
    switch role {
    case .reader: return Startup(messages: about + onQueues)
    case .daemon where usesMSP:
      return refusal(
        "Mail submission program cannot be used as daemon", after: lines,
        exitCode: ConfigurationParser.ExitCode.usage)
    case .queueRunner where usesMSP && runsAsRoot:
      return refusal(
        "Mail submission program must have RunAsUser set to non root user",
        after: lines + daemonDiagnostics.beforeUser,
        exitCode: ConfigurationParser.ExitCode.configuration)
    case .daemon:
      return Startup(
        messages: before + daemonDiagnostics.afterQueues + daemonDiagnostics.onFilters)
    case .queueRunner: return Startup(messages: before + daemonDiagnostics.afterQueues)
    }
  }

  /// The outcome of a sendmail that says `message` after other `messages`, and ends.
  private func refusal(
    _ message: String, after messages: [ConfigurationDiagnostic], exitCode: Int32
  ) -> Startup {
    Startup(
      messages: messages + [
        ConfigurationDiagnostic(
          message, at: .configuration, effect: .refusesToStart(exitCode: exitCode))
      ])
  }

  /// Everything that is said about the file and its queues by whatever program reads it.
  package func diagnostics(with queues: QueueDirectories) -> [ConfigurationDiagnostic] {
    isMacroSource ? diagnostics : diagnostics + queues.problems
  }

  /// Replaces what is said about each line by one remark, that the file is the source for m4.
  mutating func markAsMacroSource() {
    let code = startup(with: nil).exitStatus ?? ConfigurationParser.ExitCode.configuration
    diagnostics = [
      ConfigurationDiagnostic(
        "\(file): this is the source for m4, not a configuration: name the .cf file that m4 makes of it",
        at: .configuration, effect: .refusesToStart(exitCode: code))
    ]
    isMacroSource = true
  }

  /// The outcome of reading the file, up to where sendmail stops.
  private var reading: Startup {
    let commandLine = diagnostics.filter { $0.place == .commandLine }
    if commandLine.contains(where: { $0.effect.exitCode != nil }) {
      return Startup(messages: commandLine)
    }
    let lines = diagnostics[..<lineDiagnostics]
    let stop = lines.firstIndex { $0.effect.exitCode == ConfigurationParser.ExitCode.usage }
    return Startup(messages: Array(lines.prefix(stop.map { $0 + 1 } ?? lines.count)))
  }

  private func stopsReading(_ messages: [ConfigurationDiagnostic]) -> Bool {
    messages.contains {
      $0.effect.exitCode == ConfigurationParser.ExitCode.usage
        || ($0.place == .commandLine && $0.effect.exitCode != nil)
    }
  }

  /// The messages about the queues that need no access to them.
  private var unusableBase: [ConfigurationDiagnostic] {
    let base = baseQueueDirectory
    if let problem = base.problem { return [problem] }
    return base.isUsable ? [] : [QueueDirectories.notAbsolute(queueDirectory)]
  }
}

extension QueueDirectories {
  /// Everything sendmail would say about its queues at start. Each makes it exit with 78.
  package var problems: [ConfigurationDiagnostic] {
    if let problem = base.problem { return [problem] }
    let directory = base.changeDirectoryPath
    if let reason = baseState?.absence {
      return [Self.problem("can not chdir(", directory, "): \(reason)")]
    }
    return groups.compactMap { problem(of: $0) }
  }

  /// A queue directory that is relative.
  static func notAbsolute(_ path: [UInt8]) -> ConfigurationDiagnostic {
    problem("QueuePath ", path, " not absolute")
  }

  private func problem(of group: Group) -> ConfigurationDiagnostic? {
    switch group.content {
    case .relative: return Self.notAbsolute(group.path)
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
  /// The system's words for an absent directory; `nil` otherwise: a daemon may read where this user
  /// may not.
  fileprivate var absence: String? {
    if case .absent(let rule) = self { rule.reason } else { nil }
  }
}
