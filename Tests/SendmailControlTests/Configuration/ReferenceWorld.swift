// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

/// The machine and the directories under which sendmail made the `.expected` files.
enum ReferenceWorld {
  static let root = "/var/lib/mx/c"

  private static let directories: Set<String> = [
    "/", "/var", "/var/lib", "/var/lib/mx", root, "\(root)/mq", "\(root)/mq/q.1",
    "\(root)/mq/q.2", "\(root)/mq/s1", "\(root)/mq2", "\(root)/other", "\(root)/tu",
    "\(root)/cwd", "\(root)/cwd/mq", "\(root)/cwd/mqueue", "\(root)/cwd/q1",
  ]
  private static let links = ["\(root)/mqlink": "\(root)/mq"]
  private static let startDirectory = "\(root)/cwd"

  static let machine = MachineFacts(
    user: { name in
      switch String(decoding: name, as: UTF8.self) {
      case "smmta": MachineFacts.User(userID: 102, groupID: 105)
      case "smmsp": MachineFacts.User(userID: 103, groupID: 106)
      default: nil
      }
    },
    group: { $0 == Array("smmsp".utf8) ? 106 : nil },
    hasService: { ["smtp", "submission"].contains(String(decoding: $0, as: UTF8.self)) })

  static let fileSystem = QueueFileSystem(
    enter: { path in
      realPath(path) == nil
        ? .failure(QueueFileSystem.Failure(text: "No such file or directory")) : .success(())
    },
    realPath: realPath,
    subdirectories: { path in
      guard let directory = realPath(path).map({ String(decoding: $0, as: UTF8.self) }) else {
        return nil
      }
      return (directories.union(links.keys)).filter { $0.hasPrefix(directory + "/") }
        .map { $0.dropFirst(directory.count + 1) }.filter { !$0.contains("/") }
        .map { Array($0.utf8) }
    })

  /// Walks a path through directories and links.
  @Sendable static func realPath(_ path: [UInt8]) -> [UInt8]? {
    var current = path.first == UInt8(ascii: "/") ? "" : startDirectory
    for component in path.split(separator: UInt8(ascii: "/")) {
      let name = String(decoding: component, as: UTF8.self)
      switch name {
      case ".": continue
      case "..": current = String(current[..<(current.lastIndex(of: "/") ?? current.startIndex)])
      default: current += "/" + name
      }
      current = links[current] ?? current
      guard directories.contains(current.isEmpty ? "/" : current) else { return nil }
    }
    return Array((current.isEmpty ? "/" : current).utf8)
  }
}
