// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import SendmailControl

@Suite("The meaning of a daemon that rejects")
struct RejectionTextTests {
  static func explanation(
    _ title: String, ports: [PortObservation] = [], knowsLimits: Bool = true
  ) -> String? {
    var report = StatusReport.of(title: title)
    report.context.running = RunningDaemon(ports: ports)
    if !knowsLimits { report.context.thresholds = nil }
    return report.document.daemon.value?.explanation.value
  }

  static func port(children: Int? = nil, refuseLA: Int? = nil) -> PortObservation {
    var port = StatusReport.port("MTA", 25, .closed)
    (port.port.maximumChildren, port.port.refuseLA) = (children, refuseLA)
    return port
  }

  static let rows: [(title: String, ports: [PortObservation], text: String?)] = [
    ("accepting connections", [], nil), ("Sendmail daemon", [], nil),
    ("delaying connections on daemon MTA: load average=9 >= 8", [], nil),
    ("rejecting connections on daemon MTA: load average: 14", [], "has reached RefuseLA 12: "),
    (
      "rejecting connections on daemon MTA: load average: 14", [port(refuseLA: 3)],
      "has reached refuseLA 3 of port MTA: "
    ),
    (
      "rejecting connections on daemon MTA: 9 children, max 9", [],
      "children have reached MaxDaemonChildren 9: "
    ),
    (
      "rejecting connections on daemon MTA: 2 children, max 2", [port(children: 2)],
      "children have reached children 2 of port MTA: "
    ),
    ("rejecting connections on daemon MTA: free memory: 9", [], "below RefuseLowMem: "),
    ("rejecting connections on daemon MTA: x", [], "every 15 seconds whether the reason is gone."),
    ("rejecting new messages: min free: 100", [], "less free space than MinFreeBlocks 100: "),
    ("rejecting new messages: x", [], "less free space than MinFreeBlocks: "),
  ]

  @Test(
    "It names the limit that was reached, that of the port before the daemon's",
    arguments: rows.indices)
  func sentences(index: Int) {
    let row = Self.rows[index]
    let text = Self.explanation(row.title, ports: row.ports)
    if let expected = row.text {
      #expect(text?.contains(expected) == true, "\(text ?? "")")
      let isLoad = row.title.contains("load average: ")
      #expect(
        text?.contains(
          isLoad
            ? "try again; what is queued is sent as far"
            : "try again; the queue is still delivered.")
          == true)
    } else {
      #expect(text == nil)
    }
  }

  @Test("Without the configuration the option is named without its value")
  func unknownLimit() {
    let text = Self.explanation(
      "rejecting connections on daemon MTA: load average: 14", knowsLimits: false)
    #expect(text?.contains("has reached RefuseLA: ") == true)
  }

  @Test("The limit in the daemon's words counts more than that of its file")
  func contradiction() {
    var report = StatusReport.of(title: "rejecting new messages: min free: 7000", free: 399)
    report.context.thresholds?.minimumFreeBlocks = 0
    let text = StatusText.make(report, style: TerminalStyle())
    #expect(text.contains("below MinFreeBlocks 7000 ("), "\(text)")
    #expect(!text.contains("(no limit)"))
  }
}
