// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

/// A machine out of tables: files, users and groups.
struct TestMachine: Accounts, FileView {
  /// The files by absolute path.
  var files: [String: FileFacts] = ["/": Self.directory()]
  /// The ages of files in seconds; 0 for those that are not in it.
  var ages: [String: Int] = [:]
  /// Directories whose entries may not be looked up, nor their names read.
  var denied: Set<String> = []
  /// The directory that relative paths are relative to.
  var startDirectory = "/"
  /// The file systems by the absolute path of a directory.
  var fileSystems: [String: FileSystemInfo] = [:]
  var users: [String: UserNumbers] = [:]
  var groups: [String: UInt32] = [:]
  var members: [UInt32: GroupMembers] = [:]

  static func directory(_ mode: UInt16 = 0o755) -> FileFacts {
    FileFacts(kind: .directory, mode: mode, owner: 0, group: 0, linkCount: 2)
  }

  static func link(to target: String) -> FileFacts {
    FileFacts(kind: .symbolicLink(target: Array(target.utf8)), mode: 0o777, owner: 0, group: 0)
  }

  static let regularFile = FileFacts(kind: .regular, mode: 0o600, owner: 0, group: 0)

  // MARK: Accounts

  func user(named name: [UInt8]) -> UserNumbers? { users[String(decoding: name, as: UTF8.self)] }

  func group(named name: [UInt8]) -> UInt32? { groups[String(decoding: name, as: UTF8.self)] }

  func userName(_ id: UInt32) -> String {
    users.first { $0.value.userID == id }?.key ?? String(id)
  }

  func groupName(_ id: UInt32) -> String { groups.first { $0.value == id }?.key ?? String(id) }

  func members(ofGroup id: UInt32) -> GroupMembers { members[id] ?? GroupMembers() }

  // MARK: FileView

  func lookup(_ path: [UInt8]) -> PathLookup { lookup(path, followsLastLink: false) }

  func lookupFollowingLinks(_ path: [UInt8]) -> PathLookup {
    lookup(path, followsLastLink: true)
  }

  func fileSystem(of path: [UInt8]) -> FileSystemInfo? {
    fileSystems[String(decoding: path, as: UTF8.self)]
  }

  func details(of path: [UInt8]) -> FileDetails? {
    FileDetails(
      size: 42,
      modified: CalendarTime(year: 2026, month: 2, day: 3, hour: 4, minute: 5, second: 6),
      modifiedSeconds: ages[String(decoding: path, as: UTF8.self)].map { -$0 } ?? 0)
  }

  func forEachEntry(
    in directory: [UInt8], _ body: (_ name: Span<UInt8>, _ mayBeDirectory: Bool) -> Void
  ) -> Bool {
    guard case .success(let place) = resolve(directory, followsLastLink: true),
      files[place]?.kind == .directory, !denied.contains(place)
    else { return false }
    let prefix = place == "/" ? "/" : place + "/"
    for (path, facts) in files where path.hasPrefix(prefix) && path != "/" {
      let name = path.dropFirst(prefix.count)
      guard !name.contains("/") else { continue }
      body(Array(name.utf8).span, facts.kind != .regular)
    }
    return true
  }

  func realPath(of directory: [UInt8]) -> [UInt8]? {
    guard case .success(let place) = resolve(directory, followsLastLink: true),
      files[place] != nil
    else { return nil }
    return Array(place.utf8)
  }

  private func lookup(_ path: [UInt8], followsLastLink: Bool) -> PathLookup {
    switch resolve(path, followsLastLink: followsLastLink) {
    case .success(let place): files[place].map(PathLookup.found) ?? .failed(.missing)
    case .failure(let error): .failed(error.rule)
    }
  }

  private struct Stop: Error { let rule: PathRule }

  private func resolve(_ path: [UInt8], followsLastLink: Bool) -> Result<String, Stop> {
    let text = String(decoding: path, as: UTF8.self)
    return resolve(
      text.hasPrefix("/") ? text : startDirectory + "/" + text, followsLastLink: followsLastLink,
      links: 0)
  }

  private func resolve(
    _ path: String, followsLastLink: Bool, links: Int
  ) -> Result<String, Stop> {
    guard links < 40 else { return .failure(Stop(rule: .tooManyLinks)) }
    let names = path.split(separator: "/")
    var place = ""
    for (index, name) in names.enumerated() {
      let isLast = index == names.count - 1
      guard !denied.contains(place.isEmpty ? "/" : place) else {
        return .failure(Stop(rule: .notPermitted))
      }
      if name == "." { continue }
      let parent = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
      if name == ".." {
        place = parent
        continue
      }
      let directory = place
      place += "/" + name
      guard let facts = files[place] else { return .failure(Stop(rule: .missing)) }
      switch facts.kind {
      case .directory: continue
      case .symbolicLink(let target) where !isLast || followsLastLink:
        let text = String(decoding: target, as: UTF8.self)
        let rest = names[(index + 1)...].map { "/" + $0 }.joined()
        return resolve(
          (text.hasPrefix("/") ? text : directory + "/" + text) + rest,
          followsLastLink: followsLastLink, links: links + 1)
      default:
        if isLast { break }
        return .failure(Stop(rule: .notADirectory))
      }
    }
    return .success(place.isEmpty ? "/" : place)
  }
}

extension TestMachine {
  /// The directory in which sendmail made the `.expected` files of Data/Configuration.
  static let referenceRoot = "/var/lib/mx/c"

  /// The machine on which sendmail made the `.expected` files of Data/Configuration.
  static let reference: TestMachine = {
    let root = referenceRoot
    var machine = TestMachine()
    for path in [
      "/var", "/var/lib", "/var/lib/mx", root, "\(root)/mq", "\(root)/mq/q.1", "\(root)/mq/q.2",
      "\(root)/mq/s1", "\(root)/mq2", "\(root)/other", "\(root)/tu", "\(root)/cwd",
      "\(root)/cwd/mq", "\(root)/cwd/mqueue", "\(root)/cwd/q1",
    ] {
      machine.files[path] = directory()
    }
    machine.files["\(root)/mqlink"] = link(to: "mq")
    machine.startDirectory = "\(root)/cwd"
    machine.users = [
      "smmta": UserNumbers(userID: 102, groupID: 105),
      "smmsp": UserNumbers(userID: 103, groupID: 106),
    ]
    machine.groups = ["smmsp": 106]
    return machine
  }()

  /// A machine with the users and groups of an audit.
  static let audited: TestMachine = {
    var machine = TestMachine()
    machine.users = [
      "root": UserNumbers(userID: 0, groupID: 0), "daemon": UserNumbers(userID: 1, groupID: 0),
      "mail": UserNumbers(userID: 8, groupID: 8), "smmta": UserNumbers(userID: 102, groupID: 104),
      "smmsp": UserNumbers(userID: 103, groupID: 105),
      "alice": UserNumbers(userID: 1000, groupID: 0),
      "bob\u{1B}[31m": UserNumbers(userID: 1001, groupID: 0),
    ]
    machine.groups = ["root": 0, "mail": 8, "smmta": 104, "smmsp": 105, "staff": 50]
    machine.members = [50: GroupMembers(listed: ["alice", "mail"])]
    return machine
  }()

  /// The number of a user that is given by name or number.
  func userID(_ text: some StringProtocol) -> UInt32? {
    UInt32(text) ?? users[String(text)]?.userID
  }

  /// The number of a group that is given by name or number.
  func groupID(_ text: some StringProtocol) -> UInt32? { UInt32(text) ?? groups[String(text)] }
}

extension Machine {
  /// The services of the machine on which sendmail made the `.expected` files.
  static let reference = Machine(
    service: { name in
      ["smtp": 25, "submission": 587][String(decoding: name, as: UTF8.self)].map { .known($0) }
        ?? .absent
    })
}
