// SPDX-License-Identifier: Apache-2.0

/// The facts that tell what a running daemon really uses, beside what its configuration file says.
package struct RunningDaemon: Sendable, Equatable {
  /// The ports of its configuration, in order; empty when they were not asked for.
  package var ports: [PortObservation]
  /// The files that it read, and whether they changed; `nil` when that was not asked for.
  package var configurationAge: ConfigurationAge?

  /// The command line that it was started with; `nil` when it is not known.
  package var commandLine: DaemonCommandLine?
  /// The base queue directory compared with its working directory; `nil` when that was not asked for.
  package var workingDirectory: WorkingDirectory?

  /// A daemon of which this is known.
  package init(
    ports: [PortObservation] = [], configurationAge: ConfigurationAge? = nil,
    commandLine: DaemonCommandLine? = nil, workingDirectory: WorkingDirectory? = nil
  ) {
    self.ports = ports
    self.configurationAge = configurationAge
    self.commandLine = commandLine
    self.workingDirectory = workingDirectory
  }

  /// The facts that an administrator should know, a sentence each, without a prefix.
  ///
  /// - Parameter condition: the daemon's state: the ports of one that rejects connections are closed anyway.
  package func warnings(_ condition: DaemonCondition?) -> [String] {
    var warnings = [workingDirectory?.difference].compactMap { $0 }
    if condition == .accepting, let names = ports.missingNames {
      warnings.append("the daemon accepts connections, but not on \(names)")
    }
    return warnings + [configurationAge?.warning].compactMap { $0 }
  }
}

extension RunningDaemon {
  /// The facts in lines, each group with its label.
  var facts: [(label: String, lines: [String])] {
    [
      ("Queue", [workingDirectory?.difference].compactMap { $0 }), ("Ports", ports.map(\.text)),
      ("Options", commandLine?.settingTexts ?? []), ("Changed", configurationAge?.lines ?? []),
      ("Not checked", configurationAge?.unknown ?? []),
    ].filter { !$0.1.isEmpty }
  }
}

/// The facts about what a daemon really uses, for reading.
struct RunningFacts {
  let running: RunningDaemon?
  let style: TerminalStyle

  /// A line a fact, folded where the place is too narrow.
  var text: String {
    var text = lines("Queue", [running?.workingDirectory?.difference].compactMap { $0 }, .bad)
    for (index, port) in (running?.ports ?? []).enumerated() {
      text += style.fact(
        index == 0 ? "Ports" : "",
        StyledText(style.shown(port.text), port.isMissing == true ? .warning : nil))
    }
    text += lines("Options", running?.commandLine?.settingTexts ?? [])
    guard let age = running?.configurationAge else { return text }
    return text + lines("Changed", age.lines, .warning) + lines("Not checked", age.unknown)
  }

  private func lines(_ label: String, _ lines: [String], _ paint: Paint? = nil) -> String {
    lines.enumerated().map { index, line in
      style.fact(index == 0 ? label : "", StyledText(style.shown(line), paint))
    }.joined()
  }
}

/// The same as members of a JSON object.
package struct RunningDocument: Encodable, Sendable {
  /// The configured ports.
  package var ports: [Port]
  /// The files that the daemon read, or `null` when that was not asked for.
  package var configuration: Nullable<Configuration>
  /// The options of its command line, which override the file; `null` when the command line is not known.
  package var options: Nullable<[Setting]>
  /// The base queue directory and the daemon's working directory, or `null` when that was not asked for.
  package var queueDirectory: Nullable<QueueDirectory>

  /// An option.
  package struct Setting: Encodable, Sendable {
    var name: String
    var value: ByteText
  }

  /// The base queue directory of the configuration, and the directory in which the daemon works.
  package struct QueueDirectory: Encodable, Sendable {
    var configured: ByteText
    var actual: Nullable<ByteText>
    var same: Nullable<Bool>
  }

  /// A port.
  package struct Port: Encodable, Sendable {
    var name: String
    var address: String
    var state: String
    var holder: Nullable<Holder>
    var problem: Nullable<String>
    var limits: Limits
  }

  /// A process that has a port.
  package struct Holder: Encodable, Sendable {
    var pid: Int32
    var program: String
  }

  /// The limits of one port, which override the daemon's.
  package struct Limits: Encodable, Sendable {
    var children: Nullable<Int>
    var delayLA: Nullable<Int>
    var queueLA: Nullable<Int>
    var refuseLA: Nullable<Int>
  }

  /// The files that the daemon read.
  package struct Configuration: Encodable, Sendable {
    var current: Nullable<Bool>
    var changes: [Change]
    var problems: [String]
  }

  /// A change of a file.
  package struct Change: Encodable, Sendable {
    var path: ByteText
    var kind: String
    var change: String
  }

  /// The members for `daemon`.
  package init(_ daemon: RunningDaemon) {
    ports = daemon.ports.map(Port.init)
    configuration = Nullable(daemon.configurationAge.map(Configuration.init))
    options = Nullable(
      daemon.commandLine?.settings.map { Setting($0) })
    queueDirectory = Nullable(daemon.workingDirectory.map(QueueDirectory.init))
  }
}

extension RunningDocument.Port {
  fileprivate init(_ port: PortObservation) {
    name = String(decoding: port.port.name, as: UTF8.self)
    address = port.address
    state = port.stateName
    var holder: ObservedProcess?
    if case .taken(let process) = port.state { holder = process }
    self.holder = Nullable(
      holder.map {
        RunningDocument.Holder(pid: $0.pid, program: String(decoding: $0.name, as: UTF8.self))
      })
    var problem: String?
    if case .unknown(let reason) = port.state { problem = reason }
    self.problem = Nullable(problem)
    limits = RunningDocument.Limits(
      children: Nullable(port.port.maximumChildren), delayLA: Nullable(port.port.delayLA),
      queueLA: Nullable(port.port.queueLA), refuseLA: Nullable(port.port.refuseLA))
  }
}

extension RunningDocument.Configuration {
  fileprivate init(_ age: ConfigurationAge) {
    current = Nullable(age.isCurrent)
    changes = age.changes.map { file, change in
      RunningDocument.Change(
        path: ByteText(file.path), kind: file.role.rawValue, change: change.rawValue)
    }
    problems = age.unknown
  }
}

extension RunningDocument.Setting {
  init(_ setting: (name: String, value: [UInt8])) {
    self.init(name: setting.name, value: ByteText(setting.value))
  }
}

extension RunningDocument.QueueDirectory {
  init(_ directory: WorkingDirectory) {
    self.init(
      configured: ByteText(directory.configured),
      actual: Nullable(directory.actual.value.map { ByteText($0) }),
      same: Nullable(directory.isSame))
  }
}
