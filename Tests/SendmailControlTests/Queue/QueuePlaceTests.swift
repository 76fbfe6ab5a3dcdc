// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@Suite("Queue directories of a configuration")
struct QueuePlaceTests {
  static let tree: [String: [String]] = [
    "/mq": ["q2", "q1", "other", ".hid", "slow"], "/mq/slow": ["b", "a"], "/": ["mq", "mr", "x"],
  ]

  private func places(_ lines: [String]) -> [QueueGroupPlaces] {
    let fileSystem = QueueFileSystem(
      enter: { _ in .success(()) }, realPath: { $0 },
      subdirectories: { path in
        var name = String(decoding: path, as: UTF8.self)
        while name.utf8.count > 1, name.hasSuffix("/") { name.removeLast() }
        return Self.tree[name].map { $0.map { Array($0.utf8) } }
      })
    let text = (["V10/Berkeley"] + lines).joined(separator: "\n") + "\n"
    return SendmailConfiguration(parsing: Array(text.utf8), file: "x.cf").queuePlaces(
      in: fileSystem)
  }

  private func texts(_ lines: [String]) -> [String] {
    places(lines).map { group in
      let places = group.places.map { place in
        String(decoding: place.name + [0x3D] + place.path, as: UTF8.self)
      }
      let unlisted = group.unlisted.map { ["!" + String(decoding: $0, as: UTF8.self)] } ?? []
      return ([String(decoding: group.group, as: UTF8.self)] + places + unlisted)
        .joined(separator: " ")
    }
  }

  @Test("One directory is one queue")
  func plain() {
    #expect(texts(["O QueueDirectory=/mq"]) == ["mqueue .=/mq"])
    #expect(texts(["O QueueDirectory=/mq/"]) == ["mqueue .=/mq"])
  }

  @Test("A pattern is a beginning of names, hidden ones too when it is empty")
  func patterns() {
    #expect(texts(["O QueueDirectory=/mq/q*"]) == ["mqueue q1=/mq/q1 q2=/mq/q2"])
    #expect(
      texts(["O QueueDirectory=/mq/*"]) == [
        "mqueue .hid=/mq/.hid other=/mq/other q1=/mq/q1 q2=/mq/q2 slow=/mq/slow"
      ])
    #expect(texts(["O QueueDirectory=/m*"]) == ["mqueue mq=/mq mr=/mr"])
    #expect(texts(["O QueueDirectory=/mq/zz*"]) == ["mqueue"])
    #expect(texts(["O QueueDirectory=/none/q*"]) == ["mqueue !/none"])
  }

  @Test("Groups have directories of their own, or those of QueueDirectory")
  func groups() {
    #expect(
      texts([
        "O QueueDirectory=/mq/q*", "Qslow, P=/mq/slow/*", "Qone, P=/mq/other", "Qtwin, R=2",
        "Qout, P=/elsewhere",
      ]) == [
        "mqueue q1=/mq/q1 q2=/mq/q2", "slow slow/a=/mq/slow/a slow/b=/mq/slow/b",
        "one other=/mq/other", "twin q1=/mq/q1 q2=/mq/q2", "out",
      ])
  }

  @Test("What sendmail does not start with has no directories", arguments: ["mq", "", "q*"])
  func unusable(value: String) {
    #expect(texts(["O QueueDirectory=\(value)"]) == ["mqueue"])
  }
}
