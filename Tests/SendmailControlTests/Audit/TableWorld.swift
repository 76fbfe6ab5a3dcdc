// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

/// A file system, users and groups out of a table.
struct TableWorld: Sendable {
  var files: [String: FileFacts] = [:]
  /// Directories that may not be entered.
  var denied: Set<String> = []
  var isDebian = false

  static let users: [UInt32: String] = [
    0: "root", 1: "daemon", 8: "mail", 102: "smmta", 103: "smmsp", 1000: "alice",
    1001: "bob\u{1B}[31m",
  ]
  static let groups: [UInt32: String] = [
    0: "root", 8: "mail", 104: "smmta", 105: "smmsp", 50: "staff",
  ]

  static func user(_ name: some StringProtocol) -> UInt32? {
    UInt32(name) ?? users.first { $0.value == name }?.key
  }

  static func group(_ name: some StringProtocol) -> UInt32? {
    UInt32(name) ?? groups.first { $0.value == name }?.key
  }

  /// The facts the audit asks for.
  var world: AuditWorld {
    AuditWorld(
      lookup: { lookup(String(decoding: $0, as: UTF8.self)) },
      details: { _ in
        AuditWorld.Details(
          size: 42,
          modified: CalendarTime(year: 2026, month: 2, day: 3, hour: 4, minute: 5, second: 6))
      },
      names: { names(in: String(decoding: $0, as: UTF8.self)) },
      userName: { Self.users[$0] ?? String($0) }, groupName: { Self.groups[$0] ?? String($0) },
      members: { $0 == 50 ? AuditWorld.Members(listed: ["alice", "mail"]) : AuditWorld.Members() },
      platform: "Linux", isDebian: isDebian)
  }

  /// The machine that the configuration is read on.
  static let machine = MachineFacts(
    user: { name in
      user(String(decoding: name, as: UTF8.self)).map {
        MachineFacts.User(userID: $0, groupID: group(users[$0] ?? "") ?? 0)
      }
    },
    group: { group(String(decoding: $0, as: UTF8.self)) }, hasService: { _ in true })

  func lookup(_ path: String) -> PathLookup {
    switch resolve(path, links: 0) {
    case .success(let place): files[place].map(PathLookup.found) ?? .failed(.missing)
    case .failure(let error): .failed(error.rule)
    }
  }

  private struct Stop: Error { let rule: PathRule }

  /// Where `path` leads, links followed but for the last component.
  private func resolve(_ path: String, links: Int) -> Result<String, Stop> {
    guard links < 40 else { return .failure(Stop(rule: .tooManyLinks)) }
    let names = path.split(separator: "/")
    var place = ""
    for (index, name) in names.enumerated() {
      let isLast = index == names.count - 1
      guard !denied.contains(place.isEmpty ? "/" : place) else {
        return .failure(Stop(rule: .notPermitted))
      }
      if name == "." { continue }
      if name == ".." {
        place = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
        continue
      }
      place += "/" + name
      guard let facts = files[place] else { return .failure(Stop(rule: .missing)) }
      if isLast { break }
      switch facts.kind {
      case .directory: continue
      case .symbolicLink(let target):
        let text = String(decoding: target, as: UTF8.self)
        let parent = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
        let rest = names[(index + 1)...].joined(separator: "/")
        return resolve(
          (text.hasPrefix("/") ? text : parent + "/" + text) + "/" + rest, links: links + 1)
      default: return .failure(Stop(rule: .notADirectory))
      }
    }
    return .success(place.isEmpty ? "/" : place)
  }

  private func names(in directory: String) -> [[UInt8]]? {
    guard !denied.contains(directory) else { return nil }
    let prefix = directory == "/" ? "/" : directory + "/"
    return files.keys.filter { $0.hasPrefix(prefix) && $0 != directory }
      .map { $0.dropFirst(prefix.count) }.filter { !$0.isEmpty && !$0.contains("/") }
      .map { Array($0.utf8) }
  }
}
