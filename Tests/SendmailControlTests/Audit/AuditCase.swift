// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import Testing

/// One block of Data/Audit/cases.txt: a machine, a configuration, and the audit's findings.
struct AuditCase: Sendable, CustomTestStringConvertible {
  var name = ""
  var lines = ["V10/Berkeley"]
  var isClient = false
  var world = TestMachine.audited
  var machine = Machine()
  /// The process that the PID file names.
  var daemon: Int32?
  var realUser: UInt32?
  var commandLine = "sendmail"
  /// The directory in which the daemon works, where it is not the base queue directory.
  var workingDirectory: String?
  var processes: [ObservedProcess] = []
  var listeners: Fact<[ListeningSocket]> = .known([])
  var holders: Fact<[ObservedProcess]> = .known([])
  /// The states of filters, by name.
  var filters: [String: String] = [:]
  var findings: [String] = []
  var notes: [String] = []
  var unchecked: [String] = []
  var remedies: [String] = []
  /// Beginnings that no remedy has.
  var absentRemedies: [String] = []
  /// A line that is not in the table's format.
  var fault: String?

  var testDescription: String { name }

  /// The audit's report.
  var report: AuditReport {
    let configuration = SendmailConfiguration(
      parsing: Array((lines.joined(separator: "\n") + "\n").utf8), file: "/etc/mail/test.cf",
      accounts: world, machine: machine)
    return AuditReport(
      of: ResolvedConfiguration(configuration, in: world), isClient: isClient,
      observation: observation, queues: QueueDirectories(of: configuration, in: world),
      filters: configuration.filtersInUse.map(observation), files: world, accounts: world,
      machine: machine)
  }

  private func observation(of filter: ConfiguredFilter) -> FilterObservation {
    let hasListener: Fact<Bool> =
      switch filters[String(decoding: filter.name, as: UTF8.self)] {
      case "listens": .known(true)
      case "closed": .known(false)
      case let reason: .unknown(reason: reason ?? "")
      }
    return FilterObservation(filter, address: "there", hasListener: hasListener)
  }

  /// The observation of the daemon.
  private var observation: DaemonObservation {
    var observation = DaemonObservation(
      of: DaemonPlace(pidFile: Array("/var/run/sendmail.pid".utf8)))
    observation.listeners = listeners
    observation.holders = holders
    observation.workingDirectory = workingDirectory.map {
      WorkingDirectory(
        process: daemon ?? 0, configured: Array("/var/spool/mqueue".utf8),
        actual: .known(Array($0.utf8)), isSame: false)
    }
    observation.sendmailProcesses = .known(processes)
    observation.pidFile =
      daemon.map {
        .known(
          PIDFileFacts(
            processID: $0, commandLine: Array(commandLine.utf8), isLocked: true, lockHolder: $0))
      } ?? .absent
    observation.namedProcess =
      daemon.map { .known(ObservedProcess(pid: $0, realUser: realUser)) } ?? .notAsked
    return observation
  }

  static let all: [AuditCase] = {
    let text = String(decoding: TestData.bytes("Audit/cases.txt"), as: UTF8.self)
    return text.split(separator: "\n\n").map(AuditCase.init).filter { !$0.name.isEmpty }
  }()

  private init(block: Substring) {
    for directory in ["/", "/var", "/var/spool", "/etc", "/etc/mail"] {
      world.files[directory] = TestMachine.directory()
    }
    world.files["/var/spool/mqueue"] = TestMachine.directory(0o700)
    for line in block.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: "\t").map(String.init)
      if !read(words[0], Array(words.dropFirst())) { fault = String(line) }
    }
    if !lines.contains(where: { $0.hasPrefix("O QueueDirectory") || $0.hasPrefix("# none") }) {
      lines.insert("O QueueDirectory=/var/spool/mqueue", at: 1)
    }
  }

  private mutating func read(_ word: String, _ values: [String]) -> Bool {
    switch (word, values.count) {
    case ("case", 1): name = values[0]
    case ("cf", 1): lines.append(values[0])
    case ("client", 0): isClient = true
    case ("debian", 0): machine.isDebian = true
    case ("file", 4...5): return read(file: values)
    case ("filter", 2): filters[values[0]] = values[1]
    case ("age", 2): world.ages[values[0]] = Int(values[1])
    case ("gone", 1): world.files[values[0]] = nil
    case ("space", 4):
      guard let free = Int(values[1]) else { return false }
      world.fileSystems[values[0]] = FileSystemInfo(
        blockSize: 4096, freeSpace: free, isReadOnly: values[2] == "ro", freeInodes: Int(values[3]))
    case ("denied", 1): world.denied.insert(values[0])
    case ("listener", 1...3): return read(listener: values)
    case ("daemon", 1): daemon = Int32(values[0])
    case ("user", 1): realUser = world.userID(values[0])
    case ("command", 2):
      daemon = Int32(values[0])
      commandLine = "sendmail \(values[1])"
    case ("works", 1): workingDirectory = values[0]
    case ("process", 2):
      let words = ["sendmail"] + values[1].split(separator: " ").map(String.init)
      processes.append(
        ObservedProcess(
          pid: Int32(values[0]) ?? 0, name: Array("sendmail".utf8),
          commandLine: Array(words.map { $0 + "\0" }.joined().utf8)))
    case ("finding", 2): findings.append(values.joined(separator: " "))
    case ("note", 2): notes.append(values.joined(separator: " "))
    case ("unchecked", 1): unchecked.append(values[0])
    case ("remedy", 1): remedies.append(values[0])
    case ("no-remedy", 1): absentRemedies.append(values[0])
    default: return false
    }
    return true
  }

  private mutating func read(file words: [String]) -> Bool {
    let owner = words[3].split(separator: ":")
    guard owner.count == 2, let user = world.userID(owner[0]),
      let group = world.groupID(owner[1]), let mode = UInt16(words[2], radix: 8)
    else { return false }
    let kinds: [String: FileFacts.Kind] = [
      "directory": .directory, "regular": .regular, "socket": .socket, "fifo": .fifo,
      "device": .device,
    ]
    let kind =
      kinds[words[1]] ?? .symbolicLink(target: Array(words[1].dropFirst("link:".count).utf8))
    world.files[words[0]] = FileFacts(
      kind: kind, mode: mode, owner: user, group: group,
      linkCount: words.count > 4 ? Int(words[4]) ?? 0 : kind == .directory ? 2 : 1)
    return true
  }

  private mutating func read(listener words: [String]) -> Bool {
    if words == ["nobody"] {
      holders = .known([])
    } else if words[0] == "unknown", words.count == 2 {
      listeners = .unknown(reason: words[1])
      holders = .unknown(reason: words[1])
    } else if let pid = Int32(words[0]), words.count == 3 {
      let holder = ObservedProcess(
        pid: pid, program: words[2] == "?" ? nil : Array(words[2].utf8),
        effectiveUser: world.userID(words[1]))
      listeners = .known([ListeningSocket(name: [], inode: 1)])
      holders = .known((holders.value ?? []) + [holder])
    } else {
      return false
    }
    return true
  }
}
