// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

/// The limit of children, observed without a connection.
@Suite("The limit of children")
struct ChildLimitTests {
  /// An observation of a daemon with so many children that run and that wait to be reaped.
  static func observation(
    running: Int, ended: Int = 0, commandLine: String = "sendmail -bd"
  ) -> DaemonObservation {
    var observation = PassiveTextTests.normal
    observation.pidFile = .known(
      PIDFileFacts(processID: 12, commandLine: Array(commandLine.utf8), isLocked: true))
    let children = (0..<(running + ended)).map {
      ObservedProcess(pid: 20 + Int32($0), parent: 12, hasEnded: $0 >= running)
    }
    let stranger = ObservedProcess(pid: 90, parent: 1)
    observation.note(processTable: [PassiveTextTests.daemon, stranger] + children)
    return observation
  }

  @Test("Children that are not yet reaped count, as they do for sendmail")
  func unreaped() {
    let limit = ChildLimit(Self.observation(running: 2, ended: 1), configured: 4)
    #expect(limit == ChildLimit(children: 3, maximum: 4))
  }

  static let commandLines: [(line: String, maximum: Int?)] = [
    ("sendmail -bd", 4), ("sendmail -bd -OMaxDaemonChildren=9", 9),
    ("sendmail -O MaxDaemonChildren=7 -bd", 7), ("sendmail -bd -OMaxDaemonChildren=0", nil),
    ("sendmail -bd -OMaxDaemonC=5", 5),
  ]

  @Test("The daemon's command line overrides its configuration file", arguments: commandLines)
  func commandLine(line: String, maximum: Int?) {
    let observation = Self.observation(running: 1, commandLine: line)
    #expect(ChildLimit(observation, configured: 4)?.maximum == maximum)
  }

  @Test("Nothing is known of a daemon without a limit, or whose children cannot be seen")
  func unknown() {
    #expect(ChildLimit(Self.observation(running: 3), configured: 0) == nil)
    var observation = Self.observation(running: 3)
    observation.namedProcess = .unknown(reason: "hidden")
    #expect(ChildLimit(observation, configured: 4) == nil)
    observation.namedProcess = .known(PassiveTextTests.other)
    #expect(ChildLimit(observation, configured: 4) == nil)
  }

  static let limits: [(children: Int, maximum: Int, isReached: Bool, isNear: Bool)] = [
    (0, 1, true, true), (0, 2, false, true), (1, 2, true, true), (1, 4, false, false),
    (2, 4, false, true), (3, 4, true, true), (4, 4, true, true), (9, 4, true, true),
  ]

  @Test("A query counts as a child", arguments: limits)
  func near(children: Int, maximum: Int, isReached: Bool, isNear: Bool) {
    let limit = ChildLimit(children: children, maximum: maximum)
    #expect(limit.isReachedByQuery == isReached)
    #expect(limit.isNear == isNear)
  }
}

/// The states that `status --is` asks for.
@Suite("The state that is asked for")
struct ExpectedStateTests {
  static let titles: [(title: String, accepting: Bool?, rejecting: Bool?)] = [
    ("accepting connections", true, false),
    ("delaying connections on daemon MTA: load average: 9", true, false),
    ("rejecting connections on daemon MTA: 3 children, max 3", false, true),
    ("rejecting new messages: min free: 100", false, true),
    ("something else", nil, nil), ("Sendmail daemon", false, false),
  ]

  @Test("It is compared with the title", arguments: titles)
  func title(title: String, accepting: Bool?, rejecting: Bool?) {
    let status = StatusReport.of(title: title).status
    #expect(ExpectedState.accepting.isMet(by: status) == accepting)
    #expect(ExpectedState.rejecting.isMet(by: status) == rejecting)
    #expect(ExpectedState.answering.isMet(by: status) == true)
  }

  @Test("A reply that does not name the daemon tells that it answers, and no more")
  func unknown() {
    #expect(ExpectedState.accepting.isMet(by: StatusReport.nothingKnown.status) == nil)
    #expect(ExpectedState.answering.isMet(by: StatusReport.nothingKnown.status) == true)
    #expect(StateReport(.nothingKnown).classic == "unknown\n")
    #expect(StateReport(.rejecting).classic == "rejecting-connections\n")
  }
}
