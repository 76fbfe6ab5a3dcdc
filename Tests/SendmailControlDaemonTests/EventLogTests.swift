// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import Testing

@testable import SendmailControlDaemon

@Suite(.timeLimit(.minutes(5))) struct EventLogTests {
  @Test("Every reader gets every event, and the end")
  func everyReaderGetsEveryEvent() async {
    let log = EventLog(limit: 100)
    async let early = DaemonEvents(log: log).reduce(into: []) { $0.append($1) }
    for number in 1...5 { log.append(.accepted(connection: number)) }
    log.finish()
    let late = await DaemonEvents(log: log).reduce(into: []) { $0.append($1) }
    #expect(late == (1...5).map { .accepted(connection: $0) })
    #expect(await early == late)
  }

  @Test("Only the latest events are kept")

  func onlyTheLatestEventsAreKept() async {
    let log = EventLog(limit: 3)
    for number in 1...100 { log.append(.accepted(connection: number)) }
    log.finish()
    let events = await DaemonEvents(log: log).reduce(into: []) { $0.append($1) }
    #expect((3...6).contains(events.count))
    #expect(events == (101 - events.count...100).map { .accepted(connection: $0) })
  }

  @Test("A reader that is cancelled stops waiting")

  func aReaderThatIsCancelledStops() async {
    let log = EventLog(limit: 3)
    let reader = Task { await DaemonEvents(log: log).first { _ in true } }
    reader.cancel()
    #expect(await reader.value == nil)
  }

  @Test("Requests are picked out of the events")

  func requestsArePickedOut() async {
    let log = EventLog(limit: 3)
    let request = ControlDaemon.Request(
      connection: 1, bytes: [0x0A], reply: nil)
    log.append(.listening)
    log.append(.request(request))
    log.append(.closed(connection: 1))
    log.finish()
    let requests = await DaemonRequests(log: log).reduce(into: []) { $0.append($1) }
    #expect(requests == [request])
  }
}
