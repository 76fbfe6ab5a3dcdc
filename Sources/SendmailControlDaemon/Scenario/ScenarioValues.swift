// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl

/// A process in a scenario: `{ "kind": "smtp", "peer": "192.0.2.1", "pid": 4711 }`,
/// `{ "kind": "queueRunner" }`, `{ "kind": "daemon" }` or `{ "kind": "other", "text": "…" }`. Without
/// `pid` it gets the next free one.
struct ScenarioProcess: Sendable, Decodable {
  let kind: DaemonProcess.Kind
  let pid: Int32?
  let text: [UInt8]

  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["kind", "peer", "pid", "text"])
    pid = try members.optional("pid")
    let peer: String? = try members.optional("peer")
    let other: String? = try members.optional("text")
    let name: String = try members.required("kind")
    switch (name, peer, other) {
    case ("smtp", let peer?, nil):
      kind = .smtpServer
      text = DaemonProcess.smtpServer(pid: 0, peer: peer).text
    case ("queueRunner", nil, nil):
      kind = .queueRunner
      text = DaemonProcess.queueRunner(pid: 0).text
    case ("daemon", nil, nil):
      kind = .daemon
      text = []
    case ("other", nil, let other?):
      kind = .smtpServer
      text = Array(other.utf8)
    default:
      throw members.error(
        "kind", "expected smtp with peer, queueRunner, daemon, or other with text")
    }
  }
}

extension DaemonState {
  /// The processes of `list` with process ids that neither they nor the table have twice.
  func named(_ list: [ScenarioProcess]) -> [DaemonProcess] {
    var taken = Set(processes.processes.map(\.pid)).union(list.compactMap(\.pid))
    var next = processID
    return list.map { process in
      var pid = process.pid ?? (process.kind == .daemon ? processID : nil)
      while pid == nil {
        next += 1
        if taken.insert(next).inserted { pid = next }
      }
      return DaemonProcess(kind: process.kind, pid: pid ?? 0, text: process.text)
    }
  }

  /// Makes `list` the table, with the daemon first unless it is listed. Control children, which are
  /// real connections, stay.
  mutating func replaceProcesses(by list: [ScenarioProcess]) {
    let kept = processes.processes
    let daemon = list.contains { $0.kind == .daemon } ? [] : kept.filter { $0.kind == .daemon }
    processes = ProcessTable(daemon + named(list) + kept.filter { $0.kind == .controlChild })
  }
}

/// A queue in a scenario.
struct ScenarioQueue: Sendable, Decodable {
  let queue: QueueCount

  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["path", "count"])
    let path: String = try members.required("path")
    queue = QueueCount(name: ByteText(path), count: try members.required("count"))
  }
}

/// A file system in a scenario.
struct ScenarioFileSystem: Sendable, Decodable {
  let name: String
  let freeSpace: Int

  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["name", "freeSpace"])
    name = try members.required("name")
    freeSpace = try members.required("freeSpace")
  }
}

/// A heap report in a scenario.
struct ScenarioHeap: Sendable, Decodable {
  let report: HeapReport

  init(from decoder: any Decoder) throws {
    let members = try StrictMembers(decoder, ["level", "blocks", "bytes"])
    let bytes: Int? = try members.optional("bytes")
    let blocks: Int? = try members.optional("blocks")
    switch (bytes, blocks) {
    case (let bytes?, nil) where bytes >= 0 && !members.contains("level"):
      report = HeapReport(ofAbout: bytes)
    case (nil, let blocks?) where blocks >= 0:
      report = HeapReport(level: try members.optional("level") ?? 4, items: .made(count: blocks))
    default:
      throw members.error("bytes", "expected either bytes alone, or blocks and level; 0 or more")
    }
  }
}

extension Fault: Decodable {
  /// Reads a fault: an object whose member `kind` is the name of the case, with `pause` or `time` in
  /// seconds, `afterBytes`, `byteCount` or `seed` where the case has one.
  ///
  /// - Throws: ``ScenarioError`` or `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let members = try StrictMembers(
      decoder, ["kind", "pause", "time", "afterBytes", "byteCount", "seed"])
    switch try members.required("kind") as String {
    case "silence": self = .silence
    case "oneByteAtATime": self = .oneByteAtATime(pause: try members.seconds("pause"))
    case "stop": self = .stop(afterBytes: try members.count("afterBytes"))
    case "cut": self = .cut(afterBytes: try members.count("afterBytes"))
    case "reset": self = .reset(afterBytes: try members.count("afterBytes"))
    case "garbage":
      self = .garbage(
        byteCount: try members.count("byteCount"), seed: try members.optional("seed") ?? 1)
    case "endless": self = .endless
    case "fullListenQueue": self = .fullListenQueue
    case "closeAtOnce": self = .closeAtOnce
    case "slowRestart": self = .slowRestart(try members.seconds("time"))
    case "restartWithoutReturn": self = .restartWithoutReturn
    case "restartByRelativePath": self = .restartByRelativePath
    default:
      throw members.error(
        "kind",
        "expected silence, oneByteAtATime, stop, cut, reset, garbage, endless, fullListenQueue, "
          + "closeAtOnce, slowRestart, restartWithoutReturn or restartByRelativePath")
    }
  }
}

extension StrictMembers {
  /// The value of a member that counts something.
  fileprivate func count(_ name: String) throws -> Int {
    let count: Int = try required(name)
    guard count >= 0 else { throw error(name, "expected 0 or more") }
    return count
  }
}
