// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import SendmailControl
internal import Synchronization

/// The part of a running daemon that its connections, its listener and its owner share.
final class DaemonRuntime: Sendable {
  private struct Contents {
    var core: DaemonCore
    var injection: FaultInjection?
    var latestConnection = 0
    var channels: [Int: any Channel] = [:]
  }

  /// A connection as the daemon has accepted it.
  struct Connection {
    let number: Int
    let child: ControlChild
    /// The fault that was set when it was accepted; a later one leaves it alone.
    let fault: Fault?
  }

  let configuration: DaemonConfiguration
  let log: EventLog
  /// The end alone, so that a task that waits for it is not woken by everything else.
  let end = EventLog(limit: 1)
  private let contents: Mutex<Contents>

  init(_ configuration: DaemonConfiguration) {
    self.configuration = configuration
    log = EventLog(limit: configuration.eventHistory)
    var core = DaemonCore(configuration.state)
    core.update(now: configuration.uptime()) { _ in }
    contents = Mutex(
      Contents(
        core: core,
        injection: configuration.fault.flatMap { FaultInjection(fault: $0, connections: nil) }))
  }

  private var now: Duration { configuration.uptime() }

  var state: DaemonState { contents.withLock(\.core.state) }

  func update<Value: Sendable, Failure: Error>(
    _ change: (inout DaemonState) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let result = contents.withLock { contents -> Result<Value, Failure> in
      var state = contents.core.state
      let value: Value
      do throws(Failure) {
        value = try change(&state)
      } catch {
        return .failure(error)
      }
      contents.core.update(now: now) { $0 = state }
      return .success(value)
    }
    return try result.get()
  }

  /// The fault for the connections to come.
  var injection: FaultInjection? {
    get { contents.withLock(\.injection) }
    set { contents.withLock { $0.injection = newValue } }
  }

  // MARK: Connections

  func accept(_ channel: any Channel) -> Connection {
    let connection = contents.withLock { contents in
      contents.latestConnection += 1
      contents.channels[contents.latestConnection] = channel
      let fault = contents.injection?.fault
      contents.injection = contents.injection?.afterConnection()
      return Connection(
        number: contents.latestConnection, child: contents.core.fork(now: now), fault: fault)
    }
    log.append(.accepted(connection: connection.number))
    return connection
  }

  /// The command in what `connection` has sent, and the reply to it.
  func answer(
    _ bytes: [UInt8], on connection: Connection
  ) -> (command: ControlCommand?, source: ReplySource) {
    let line = RequestLine(bytes)
    let core = contents.withLock(\.core)
    let source = core.reply(to: line, by: connection.child, time: { LocalTime.now })
    log.append(
      .request(
        ControlDaemon.Request(
          connection: connection.number, bytes: bytes, reply: source.heldBytes)))
    return (line.command, source)
  }

  func close(_ connection: Connection) {
    contents.withLock { contents in
      contents.channels[connection.number] = nil
      contents.core.reap(connection.child, now: now)
    }
    log.append(.closed(connection: connection.number))
  }

  var openChannels: [any Channel] { contents.withLock { Array($0.channels.values) } }

  // MARK: Restart

  /// Makes the state that of a daemon that has just started again, and returns its process id.
  func restart() -> Int32 {
    contents.withLock { contents in
      contents.core.restart(now: now)
      return contents.core.state.processID
    }
  }
}
