// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

// The article "Reading replies".

func summary(of reply: [UInt8]) -> String {
  do throws(ReplyError) {
    let status = try DaemonStatus(parsing: reply)
    let limit = status.maximumChildren.map { " of \($0)" } ?? ""
    return switch status.daemon?.condition {
    case .accepting: "accepting, \(status.childCount)\(limit) children"
    case .rejectingConnections(_, let reason), .rejectingMessages(let reason):
      "rejecting: \(reason)"
    default: "unknown"
    }
  } catch {
    return "no status: \(error)"
  }
}

@Suite("Reading replies")
struct ReplyTests {
  @Test("A summary")
  func summaries() {
    let accepting = "1/40/9000/0\r\n7 accepting connections\r\n8 running queue: /q\r\n"
    #expect(summary(of: Array(accepting.utf8)) == "accepting, 1 of 40 children")
    let rejecting = "0/0/1/0\r\n7 rejecting new messages: min free: 100\r\n"
    #expect(summary(of: Array(rejecting.utf8)) == "rejecting: min free: 100")
    #expect(summary(of: Array(accepting.utf8.dropLast(3))).hasPrefix("no status: "))
  }

  @Test("Escapes")
  func escapes() throws {
    let reply = Array(
      "1/40/9000/0\r\n7 accepting connections\r\n8 SMTP server child for \u{1B}[2J\r\n".utf8)
    for child in try DaemonStatus(parsing: reply, listener: 7).children {
      print(child.pid, child.text)
    }
    let children = try DaemonStatus(parsing: reply, listener: 7).children
    #expect(children.map { "\($0.pid) \($0.text)" } == [#"8 SMTP server child for \x1B[2J"#])
  }

  @Test("sendmail.cf")
  func configuration() {
    let file = "V10/Berkeley\nO MaxDaemonChildren=40\nO NoSuchOption=1\n"
    let configuration = SendmailConfiguration(parsing: Array(file.utf8), file: "sendmail.cf")
    for diagnostic in configuration.diagnostics { print(diagnostic) }
    #expect(configuration.maximumDaemonChildren == 40)
    #expect(
      configuration.diagnostics.map(\.description).contains(
        "line 3: readcf: unknown option name NoSuchOption"))
  }
}
