// SPDX-License-Identifier: Apache-2.0

/// The facts of a ``RunningDaemon`` as members of a JSON object.
package struct RunningDocument: Encodable, Sendable {
  /// The configured ports.
  package var ports: [Port]
  /// The files that the daemon read, or `null` when that was not asked for.
  package var configuration: Nullable<Configuration>
  /// The options of its command line, which override the file; `null` when the command line is not known.
  package var options: Nullable<[Setting]>
  /// The base queue directory and the daemon's working directory, or `null` when that was not asked for.
  package var queueDirectory: Nullable<QueueDirectory>
  /// The process that runs the queue, or `null` when it is not known.
  package var queueRuns: Nullable<QueueRuns>
  /// The names of the queue groups that no queue run delivers (`R=0`).
  package var idleQueueGroups: [ByteText]

  /// The process that runs the queue.
  package struct QueueRuns: Encodable, Sendable {
    var by: String
    var pid: Nullable<Int32>
    var interval: Nullable<String>
  }

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
    queueRuns = Nullable(daemon.queueRuns.map { QueueRuns($0) })
    idleQueueGroups = daemon.idleGroups.map { ByteText($0) }
  }
}

extension RunningDocument.Holder {
  init(_ process: ObservedProcess) {
    self.init(pid: process.pid, program: String(decoding: process.name, as: UTF8.self))
  }
}

extension RunningDocument.Port {
  fileprivate init(_ port: PortObservation) {
    name = String(decoding: port.port.name, as: UTF8.self)
    address = port.address
    state = port.stateName
    var holder: ObservedProcess?
    if case .taken(let process) = port.state { holder = process }
    self.holder = Nullable(holder.map(RunningDocument.Holder.init))
    var problem: String?
    if case .unknown(let reason) = port.state { problem = reason }
    if port.lacksAddress { problem = PortObservation.noAddress }
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

extension RunningDocument.QueueRuns {
  fileprivate init(_ runs: SendmailControl.QueueRuns) {
    switch runs {
    case .daemon(let interval):
      self.init(
        by: "daemon", pid: Nullable(nil),
        interval: Nullable(String(decoding: interval, as: UTF8.self)))
    case .runner(let runner):
      self.init(
        by: "process", pid: Nullable(runner.pid), interval: Nullable(runner.interval?.inTwoUnits))
    case .none: self.init(by: "none", pid: Nullable(nil), interval: Nullable(nil))
    }
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
