// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// A change of a daemon's state. Members, all optional:
///
/// | member | value |
/// |---|---|
/// | `processID` | the daemon's process id |
/// | `mode` | `"background"` or `"foreground"` |
/// | `version` | sendmail's version |
/// | `title` | the text of the daemon's line; `null` to let it follow from the rest |
/// | `maximumChildren` | `MaxDaemonChildren` |
/// | `loadAverage` | load, rounded |
/// | `refuseLoadAverage` | `RefuseLA` |
/// | `freeSpace` | KiB |
/// | `minimumFreeSpace` | `MinFreeBlocks` in KiB |
/// | `ports` | list of names |
/// | `processes` | list of all processes, see ``ScenarioProcess``; the daemon comes first unless listed |
/// | `enter` | list of processes that come besides |
/// | `leave` | list of process ids that go |
/// | `queues` | list of `{ "path": …, "count": … }`; `null` without shared memory |
/// | `fileSystems` | list of `{ "name": …, "freeSpace": … }` |
/// | `help` | the text of the help file; `null` for none |
/// | `memdump` | `{ "level": …, "blocks": … }` or `{ "bytes": … }`; `null` without heap check |
/// | `fault` | see ``Fault``; `null` for none |
struct ScenarioChange: Sendable {
  static let names = [
    "processID", "mode", "version", "title", "maximumChildren", "loadAverage", "refuseLoadAverage",
    "freeSpace", "minimumFreeSpace", "ports", "processes", "enter", "leave", "queues",
    "fileSystems", "help", "memdump", "fault",
  ]

  /// The fault to set, `.some(nil)` for none, `nil` to leave it as it is.
  var fault: Fault??
  private var changes: [@Sendable (inout DaemonState) -> Void] = []

  init() {}

  /// Makes the change.
  func apply(to state: inout DaemonState) {
    for change in changes { change(&state) }
  }

  /// Reads the change out of the members of an object.
  init(_ members: StrictMembers) throws {
    fault = try members.nullable("fault")
    try set(\.processID, members.optional("processID"))
    try set(\.mode, members.mode())
    try set(\.version, members.optional("version"))
    try set(\.maximumChildren, members.optional("maximumChildren"))
    try set(\.loadAverage, members.optional("loadAverage"))
    try set(\.refuseLoadAverage, members.optional("refuseLoadAverage"))
    try set(\.freeSpace, members.optional("freeSpace"))
    try set(\.minimumFreeSpace, members.optional("minimumFreeSpace"))
    let title: String?? = try members.nullable("title")
    set(\.title, title.map { $0.map { Array($0.utf8) } })
    let help: String?? = try members.nullable("help")
    set(\.help, help.map { $0.map { HelpFile(text: Array($0.utf8)) } })
    let memdump: ScenarioHeap?? = try members.nullable("memdump")
    set(\.heapReport, memdump.map { $0?.report })
    let ports: [String]? = try members.optional("ports")
    set(\.ports, ports?.map { ServedPort(name: $0) })
    let queues: [ScenarioQueue]?? = try members.nullable("queues")
    set(\.queues, queues.map { $0?.map(\.queue) ?? [.notConfigured] })
    let fileSystems: [ScenarioFileSystem]? = try members.optional("fileSystems")
    set(
      \.fileSystems,
      fileSystems?.enumerated().map { index, space in
        FileSystemSpace(index: index, name: ByteText(space.name), freeSpace: space.freeSpace)
      })
    try readProcesses(members)
  }

  private mutating func readProcesses(_ members: StrictMembers) throws {
    if let processes: [ScenarioProcess] = try members.optional("processes") {
      changes.append { $0.replaceProcesses(by: processes) }
    }
    if let leaving: [Int32] = try members.optional("leave") {
      changes.append { state in
        for pid in leaving { state.processes.leave(pid: pid) }
      }
    }
    if let entering: [ScenarioProcess] = try members.optional("enter") {
      changes.append { state in
        for process in state.named(entering) { state.processes.enter(process) }
      }
    }
  }

  /// Notes that `member` is to become `value`, if there is one.
  private mutating func set<Value: Sendable>(
    _ member: any WritableKeyPath<DaemonState, Value> & Sendable, _ value: Value?
  ) {
    guard let value else { return }
    changes.append { $0[keyPath: member] = value }
  }
}

extension ScenarioChange: Decodable {
  init(from decoder: any Decoder) throws {
    try self.init(StrictMembers(decoder, Self.names))
  }
}

extension StrictMembers {
  /// The value of `mode`.
  fileprivate func mode() throws -> DaemonMode? {
    guard let name: String = try optional("mode") else { return nil }
    guard let mode = DaemonMode(rawValue: name) else {
      throw error("mode", "expected background or foreground")
    }
    return mode
  }
}
