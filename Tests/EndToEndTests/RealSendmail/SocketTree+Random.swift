// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import TestSupport

extension SocketTree {
  /// A tree drawn from `seed`: up to three directories of any owner and mode, perhaps a link on the
  /// way, perhaps something at the path, and options that may matter to it.
  init(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    var entries: [TreeEntry] = []
    var directories: [TreeEntry] = []
    var path = ""
    for depth in 1...numbers.pick([1, 2, 2, 3]) {
      let isLink = numbers.chance(20)
      let name = path + (path.isEmpty ? "" : "/") + "d\(depth)"
      // Root's and tight more often than not, so that many trees are opened.
      let mode: mode_t =
        numbers.chance(60) ? 0o755 : numbers.pick([0o700, 0o775, 0o1777, 0o1775, 0o777, 0o555])
      let owner = numbers.chance(60) ? 0 : numbers.pick([0, Self.stranger, Self.friend])
      let group = numbers.pick([0, 0, Self.stranger, Self.friend])
      if isLink {
        entries += [
          .directory("to\(depth)"),
          .link(name, to: "@DIR@/to\(depth)", owner: numbers.pick([0, Self.stranger])),
        ]
        directories.append(.directory("to\(depth)", mode, owner: owner, group: group))
      } else {
        entries.append(.directory(name))
        directories.append(.directory(name, mode, owner: owner, group: group))
      }
      path = name
    }
    if numbers.chance(45) {
      let owner = numbers.pick([0, 0, Self.stranger, Self.friend])
      let mode: mode_t = numbers.pick([0o600, 0o660, 0o666, 0o640, 0o400, 0o755])
      entries.append(
        .make(
          numbers.pick([.socket, .socket, .file, .fifo, .directory]), path + "/ctl", mode,
          owner: owner))
    }
    // The modes last: what is made in a directory is made by root, but links to it must be there.
    let isRunAs = numbers.chance(35)
    var options = isRunAs ? [Self.runAs] : []
    if numbers.chance(35) { options.append(numbers.pick([Self.trusted, "O TrustedUser=daemon"])) }
    if numbers.chance(40) { options.append(Self.trustSticky) }
    if numbers.chance(40) { options.append(Self.trustGroup) }
    self.init(
      description: "seed \(seed)", socket: "@DIR@/\(path)/ctl", entries: entries + directories,
      options: options, queueOwner: isRunAs ? Self.friend : 0)
  }

  /// Trees with a RunAsUser that a group of this machine lists as a member; none where no group does.
  static let memberships: [SocketTree] = {
    setgrent()
    defer { endgrent() }
    while let entry = unsafe getgrent() {
      guard let member = unsafe entry.pointee.gr_mem?.pointee,
        let user = unsafe getpwnam(member), unsafe user.pointee.pw_uid != 0
      else { continue }
      let name = unsafe String(cString: member)
      let owner = unsafe user.pointee.pw_uid
      let group = unsafe entry.pointee.gr_gid
      return [[], ["O DontInitGroups=True"]].map { options in
        SocketTree(
          description: "a group that \(name) is a member of may write \(options)",
          entries: [.directory("d", 0o775, owner: stranger, group: group)],
          options: [trustGroup, "O RunAsUser=\(name)"] + options, queueOwner: owner)
      }
    }
    return []
  }()
}
