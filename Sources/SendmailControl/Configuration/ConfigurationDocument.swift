// SPDX-License-Identifier: Apache-2.0

/// `smcontrol config` in JSON. Texts are escaped as in the lines for scripts.
package struct ConfigurationDocument: Sendable, Encodable {
  /// An option in force.
  package struct Option: Sendable, Encodable {
    /// `Name` or `Name.sub`.
    package let name: String
    /// The value.
    package let value: String
    /// `file`, `command line` or `default`.
    package let origin: String
    /// The file that sets it; absent otherwise.
    package let file: String?
    /// The line that sets it, counted from 1; absent otherwise.
    package let line: Int?
  }

  /// A queue group.
  package struct Group: Sendable, Encodable {
    /// The name.
    package let name: String
    /// The directory or pattern.
    package let path: String
    /// The flags, one letter each.
    package let flags: String
    /// The line that defines it, counted from 1; absent for the default group.
    package let line: Int?
  }

  /// Something sendmail would say.
  package struct Diagnostic: Sendable, Encodable {
    /// sendmail's words, without the file and the line.
    package let message: ByteText
    /// `error` or `warning`.
    package let severity: String
    /// The code a daemon exits with; absent for a warning.
    package let exitCode: Int32?
    /// The line sendmail names; absent when it names none.
    package let reportedLine: Int?
    /// The line the text at fault is in, counted from 1; absent when it is in none.
    package let line: Int?
    /// The byte in that line, counted from 1.
    package let column: Int?
  }

  /// `smcontrol.config/1`.
  package var schema = "smcontrol.config/1"
  /// The file that was read.
  package let file: String
  /// The options in force.
  package let options: [Option]
  /// The queue groups.
  package let queueGroups: [Group]
  /// The control socket's absolute path; absent when none is set.
  package let controlSocket: String?
  /// The base queue directory's absolute path.
  package let baseQueueDirectory: String
  /// True if a daemon would start.
  package let wouldStart: Bool
  /// The code a daemon exits with instead of starting; null when it would start.
  package let daemonExitCode: Nullable<Int32>
  /// The messages that sendmail would print.
  package let diagnostics: [Diagnostic]

  /// The document for `resolved` and its queue directories.
  ///
  /// `entries` are the options to list, all when none are given.
  package init(
    _ resolved: ResolvedConfiguration, queues: QueueDirectories, entries: [OptionSetting]? = nil
  ) {
    let configuration = resolved.configuration
    let values = ConfigurationValueText(configuration)
    let file = configuration.file
    self.file = file
    options = (entries ?? configuration.entries).map { setting in
      let value = values.text(of: setting)
      switch setting.origin {
      case .line(let line):
        return Option(name: setting.name, value: value, origin: "file", file: file, line: line)
      case .commandLine, .builtIn:
        let origin = ConfigurationReport.text(of: setting.origin, file: file)
        return Option(name: setting.name, value: value, origin: origin, file: nil, line: nil)
      }
    }
    queueGroups = configuration.queueGroups.map {
      Group(
        name: values.text($0.name), path: values.text($0.path),
        flags: ConfigurationValueText.escaped($0.flags.sorted()), line: $0.line)
    }
    controlSocket = resolved.controlSocket.map { ConfigurationValueText.escaped($0) }
    baseQueueDirectory = ConfigurationValueText.escaped(resolved.baseQueueDirectory)
    let startup = configuration.startup(with: queues)
    wouldStart = startup.wouldStart
    daemonExitCode = Nullable(startup.exitStatus)
    diagnostics = startup.messages.map(Diagnostic.init)
  }
}

extension ConfigurationDocument.Diagnostic {
  init(_ diagnostic: ConfigurationDiagnostic) {
    message = diagnostic.message
    if case .refusesToStart(let code) = diagnostic.effect {
      (severity, exitCode) = ("error", code)
    } else {
      (severity, exitCode) = ("warning", nil)
    }
    if case .line(let number, let position) = diagnostic.place {
      reportedLine = diagnostic.isLocated ? number : nil
      (line, column) = (position.line, position.column)
    } else {
      (reportedLine, line, column) = (nil, nil, nil)
    }
  }
}
