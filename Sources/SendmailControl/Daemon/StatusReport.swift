// SPDX-License-Identifier: Apache-2.0

/// A reply to `status` or `mstat`, the facts around it, and the part of it that is shown.
package struct StatusReport: RawReport, Equatable {
  /// The reply.
  package var status: DaemonStatus
  /// The command that was answered: `status` or `mstat`.
  package var command: ControlCommand
  /// The reply as it was received.
  package var bytes: [UInt8]
  /// The path of the socket that it came from.
  package var socket: [UInt8]
  /// The facts around the reply.
  package var context: ReplyContext
  /// The children to show. Without an order, JSON has them in the daemon's order.
  package var selection: ChildSelection
  /// True to count children by peer instead of listing them.
  package var byPeer: Bool

  /// A report of `status`.
  package init(
    _ status: DaemonStatus, replyTo command: ControlCommand = .status, bytes: [UInt8] = [],
    socket: [UInt8], context: ReplyContext, selection: ChildSelection = ChildSelection(),
    byPeer: Bool = false
  ) {
    self.status = status
    self.command = command
    self.bytes = bytes
    self.socket = socket
    self.context = context
    self.selection = selection
    self.byPeer = byPeer
  }

  /// The meaning of a title with which the daemon rejects connections or messages, in a sentence.
  var explanation: String? {
    RejectionText.sentence(
      status.daemon?.condition, limits: context.thresholds,
      ports: context.running?.ports.map(\.port) ?? [])
  }

  /// The text of smcontrol.pl, which shows the lines of a reply to `mstat` as they are.
  package var classic: String {
    command == .status ? ClassicText.status(status) : ClassicText.lines(bytes)
  }

  /// Returns the status as an administrator reads it.
  package func terminal(_ style: TerminalStyle) -> String {
    StatusText.make(self, style: style)
  }

  /// The status with the children that are selected. Nothing is left out that was not asked for.
  package var document: StatusDocument {
    var selection = selection
    selection.showsFinishedControls = selection.kinds.isEmpty
    let children = selection.apply(to: status, processes: context.processes).children
    return StatusDocument(
      status, command: command, socket: socket, explanation: explanation,
      running: context.running, children: children,
      peers: byPeer ? PeerCount.all(children.filter { !$0.isFinishedControlChild }) : nil)
  }

  /// The text of ``document``, which can have a million children.
  package var json: String { get throws { try document.json } }
}
