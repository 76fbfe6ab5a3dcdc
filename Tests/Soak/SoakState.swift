// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import SendmailControlDaemon

/// The state that the daemon is given, and the form that its replies must then have.
enum SoakState {
  private static let peers = ["192.0.2.1", "192.0.2.2", "[UNIX: localhost]"]
  private static let maximumChildren = 1000
  private static let freeSpace = 123_456
  private static let queue = "/var/spool/mqueue"

  /// Makes `state` that of the start, but for the children.
  static func prepare(_ state: inout DaemonState) {
    state.maximumChildren = maximumChildren
    state.freeSpace = freeSpace
    state.queueCounts = [QueueCount(name: ByteText(queue), count: 7)]
    state.fileSystems = [
      FileSystemSpace(index: 0, name: ByteText(queue), freeSpace: freeSpace)
    ]
    state.help = HelpFile(text: Array("#vers\t2\ncontrol\tsoak\ncontrol\tand no more\n".utf8))
  }

  /// Enters the children into the daemon's table.
  static func enterChildren(_ state: inout DaemonState) {
    for peer in peers { state.addChild(.smtpServer(peer: peer)) }
  }

  /// The reply to `help`.
  static let helpReply = Array(
    "214-2.0.0 soak\r\n214-2.0.0 and no more\r\n214 2.0.0 End of HELP info\r\n".utf8)

  static func complaint(
    aboutStatus reply: [UInt8], isWhole: Bool, in conditions: FaultHistory.Conditions
  ) -> String? {
    var lines = Lines(reply, isWhole: isWhole)
    guard let summary = lines.next() else { return lines.isShort ? "no summary" : nil }
    let numbers = summary.split(separator: ASCII.slash).map {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard numbers.count == 4, let children = numbers[0], numbers[1] == maximumChildren,
      numbers[2] == freeSpace, let average = numbers[3], conditions.loads.contains(average)
    else { return "the summary \(TerminalEscaping.escape(summary))" }
    return complaint(aboutProcesses: &lines, prefix: "", children: children, in: conditions)
  }

  static func complaint(
    aboutMstat reply: [UInt8], isWhole: Bool, in conditions: FaultHistory.Conditions
  ) -> String? {
    var lines = Lines(reply, isWhole: isWhole)
    guard let first = lines.next() else { return lines.isShort ? "no first line" : nil }
    let text = String(decoding: first, as: UTF8.self)
    guard text.hasPrefix("C:"), let children = Int(text.dropFirst(2)) else { return "C: \(text)" }
    let averages = conditions.loads.map { "L:\($0)" }
    for expected in [
      ["M:\(maximumChildren)"], averages, ["Q:\(queue):7"], ["D:0/\(queue)/\(freeSpace)"],
    ] {
      guard let line = lines.next() else { return lines.isShort ? "no \(expected)" : nil }
      guard expected.contains(String(decoding: line, as: UTF8.self)) else {
        return "\(TerminalEscaping.escape(line)) for \(expected)"
      }
    }
    return complaint(aboutProcesses: &lines, prefix: "P:", children: children, in: conditions)
  }

  /// The daemon and its children, with as many control children besides as there are clients.
  private static func complaint(
    aboutProcesses lines: inout Lines, prefix: String, children: Int,
    in conditions: FaultHistory.Conditions
  ) -> String? {
    // The child that answers knows itself by another name than its siblings.
    var expected =
      ["accepting connections"] + peers.map { "SMTP server child for \($0)" }
      + ["console socket child"]
    var controlChildren = 0
    while let line = lines.next() {
      let text = String(decoding: line, as: UTF8.self)
      let parts = text.dropFirst(prefix.count).split(separator: " ", maxSplits: 1)
      guard text.hasPrefix(prefix), parts.count == 2, Int32(parts[0]) != nil else {
        return "the line \(TerminalEscaping.escape(line))"
      }
      if let place = expected.firstIndex(of: String(parts[1])) {
        expected.remove(at: place)
      } else if ChildKind(text: Array(parts[1].utf8)) == .control {
        controlChildren += 1
      } else {
        return "the process \(TerminalEscaping.escape(line))"
      }
    }
    guard lines.isWhole else { return nil }
    let known = peers.map { "SMTP server child for \($0)" }
    if conditions.mayHaveForgotten, expected == known, children == controlChildren { return nil }
    // The daemon counts the child that answers only after it has made it.
    guard expected.isEmpty, children == peers.count + controlChildren else {
      return "\(children) children, \(controlChildren) control children, no \(expected)"
    }
    return nil
  }

  /// The lines of a reply; of one that is not whole, only those with an end.
  private struct Lines {
    let isWhole: Bool
    private var rest: ArraySlice<ArraySlice<UInt8>>

    init(_ reply: [UInt8], isWhole: Bool) {
      self.isWhole = isWhole
      rest = reply.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false)[...]
      // What is after the last line feed: nothing, or half a line.
      if !isWhole || rest.last?.isEmpty == true { rest.removeLast() }
    }

    /// True if a line is missing that should be there.
    var isShort: Bool { isWhole && rest.isEmpty }

    mutating func next() -> ArraySlice<UInt8>? {
      guard let line = rest.popFirst() else { return nil }
      return line.last == ASCII.carriageReturn ? line.dropLast() : line
    }
  }
}
