// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import NIOCore
internal import SendmailControl

/// One connection: reads one request, writes one reply, closes.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// The size of the pieces in which a long reply is made and written.
  private static let pieceSize = 64 * 1024

  private let daemon: DaemonRuntime
  /// Called with `restart` or `shutdown` once the control child that has read it is reaped, and with the
  /// fault of the connection.
  private let act: @Sendable (ControlCommand, Fault?) -> Void
  private var connection: DaemonRuntime.Connection?
  private var reader = RequestReader(leavesInputUnread: false)
  private var writer: ReplyWriter?
  private var command: ControlCommand?
  private var timer: Scheduled<Void>?

  init(daemon: DaemonRuntime, act: @escaping @Sendable (ControlCommand, Fault?) -> Void) {
    self.daemon = daemon
    self.act = act
  }

  func channelActive(context: ChannelHandlerContext) {
    let connection = daemon.accept(context.channel)
    self.connection = connection
    switch connection.fault {
    case .silence:
      break
    default:
      reader = RequestReader(leavesInputUnread: connection.fault?.leavesInputUnread ?? false)
      startTimer(context)
      context.read()
    }
  }

  private func startTimer(_ context: ChannelHandlerContext) {
    let timeout = daemon.configuration.controlTimeout
    guard let timeout else { return }
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(timeout)) {
      self.timeOut(context)
    }
  }

  /// sendmail's timer runs until the reply is written, so it also ends a reply without a reader.
  private func timeOut(_ context: ChannelHandlerContext) {
    guard let connection else { return }
    command = nil
    daemon.log.append(.timedOut(connection: connection.number))
    daemon.configuration.logger?.notice("timeout waiting for input during control command")
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard writer == nil, connection?.fault != .silence else { return }
    // One byte is read now. With more unread the client is sure to see a reset.
    if connection?.fault == .closeAtOnce { return context.close(promise: nil) }
    if reader.take(unwrapInboundIn(data), of: context) {
      answer(context)
    } else {
      context.read()
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event as? ChannelEvent == .inputClosed, writer == nil, connection?.fault != .silence
    else { return }
    if reader.bytes.isEmpty {
      context.close(promise: nil)
    } else {
      answer(context)
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard let connection else { return }
    let answer = daemon.answer(reader.bytes, on: connection)
    command = answer.command
    writer = ReplyWriter(ReplyPlan(answer.source, fault: connection.fault))
    write(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { write(context) }
  }

  /// Writes as much as the channel takes.
  private func write(_ context: ChannelHandlerContext) {
    while context.channel.isActive, context.channel.isWritable,
      let step = writer?.next(size: Self.pieceSize)
    {
      switch step {
      case .piece(let piece):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: piece)), promise: nil)
      case .last(let piece):
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: piece)), promise: written)
      case .pause(let pause):
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(pause)) {
          self.writer?.resume()
          self.write(context)
        }
      case .close:
        context.close(promise: nil)
      }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    guard let connection else { return }
    let delay = daemon.configuration.reapDelay
    if delay > .zero {
      context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) {
        self.reap(connection)
      }
    } else {
      reap(connection)
    }
  }

  private func reap(_ connection: DaemonRuntime.Connection) {
    daemon.close(connection)
    switch command {
    case .restart, .shutdown: command.map { act($0, connection.fault) }
    case .help, .status, .mstat, .memdump, nil: break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
