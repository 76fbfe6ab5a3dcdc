// SPDX-License-Identifier: Apache-2.0

/// The report on whether sendmail would start with a configuration: what is wrong, and what would
/// happen.
package struct StartupReport: Report, Equatable {
  /// The configuration file.
  package let file: String
  /// The outcome of a start.
  package let startup: Startup
  /// Facts that sendmail does not report, a sentence each.
  package let notes: [String]
  /// True if a message rests on the map classes of Debian's sendmail, since the program itself was not
  /// asked.
  package let assumesMapClasses: Bool
  /// The paths that this user was not permitted to look up, as a daemon is: no judgement depends on them.
  package let unchecked: [[UInt8]]

  /// A report on `configuration`.
  ///
  /// `queues` are its queue directories; `nil` to leave the file system out of the judgement.
  /// `listens` is true for a daemon that accepts connections. `unchecked` are the paths that this user may not look up.
  package init(
    _ configuration: SendmailConfiguration, queues: QueueDirectories?, listens: Bool = true,
    unchecked: Set<[UInt8]> = []
  ) {
    file = configuration.file
    self.unchecked = unchecked.sorted { $0.lexicographicallyPrecedes($1) }
    startup = Startup(
      messages: configuration.startup(with: queues, listens: listens).messages.filter { message in
        !unchecked.contains { message.message.bytes.firstRange(of: $0) != nil }
      })
    notes = configuration.isMacroSource ? [] : configuration.notes
    assumesMapClasses = configuration.assumesMapClasses(in: startup.messages)
  }

  /// True if sendmail would start.
  package var wouldStart: Bool { startup.wouldStart }

  /// True if everything was checked.
  package var isComplete: Bool { unchecked.isEmpty }

  /// The verdict: `sendmail would start`, or `sendmail would not start: exit status 71`.
  package var verdict: String {
    startup.exitStatus.map { "sendmail would not start: exit status \($0)" }
      ?? "sendmail would start" + (isComplete ? "" : ", as far as this user can check")
  }

  /// Lines about what was not checked.
  package var uncheckedLines: [String] {
    unchecked.map { "not checked: \(TerminalEscaping.escape($0)): Permission denied" }
  }

  /// The lines about what keeps sendmail from starting.
  package var reasons: [String] {
    ConfigurationReport.lines(of: startup.messages.filter { $0.effect.exitCode != nil }, file: file)
      .map(\.text)
  }

  /// True if the verdict is certain: it does not rest on map classes that are only assumed.
  package var isCertain: Bool {
    !assumesMapClasses || startup.cause?.isAboutMapClass != true
  }
}

extension SendmailConfiguration {
  /// Returns whether one of `messages` rests on the map classes of Debian's sendmail, since the program itself was
  /// not asked.
  package func assumesMapClasses(in messages: [ConfigurationDiagnostic]) -> Bool {
    build.isAssumed && messages.contains(where: \.isAboutMapClass)
  }
}

extension ConfigurationDiagnostic {
  /// True if it says that sendmail lacks a class of maps.
  package var isAboutMapClass: Bool {
    let text = sendmailText(file: "")
    return text.hasSuffix(" not available") || text.contains("unknown alias class")
  }
}

extension StartupReport {
  /// The report in JSON. Members are only ever added.
  package struct Document: Sendable, Encodable {
    /// `smcontrol.startup/1`.
    package var schema = "smcontrol.startup/1"
    /// The configuration file.
    package let file: String
    /// True if sendmail would start.
    package let wouldStart: Bool
    /// The status that it would exit with; null when it would start.
    package let exitStatus: Nullable<Int32>
    /// The messages that sendmail would print.
    package let diagnostics: [ConfigurationDocument.Diagnostic]
    /// Facts that sendmail does not report.
    package let notes: [String]
    /// True if the map classes are assumed to be those of Debian's sendmail.
    package let assumesMapClasses: Bool
    /// True if everything was checked.
    package let complete: Bool
    /// The paths that this user was not permitted to look up.
    package let unchecked: [String]
  }

  /// The report in JSON.
  package var document: Document {
    Document(
      file: file, wouldStart: wouldStart, exitStatus: Nullable(startup.exitStatus),
      diagnostics: startup.messages.map(ConfigurationDocument.Diagnostic.init), notes: notes,
      assumesMapClasses: assumesMapClasses, complete: isComplete,
      unchecked: unchecked.map { String(decoding: $0, as: UTF8.self) })
  }
}
