// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SendmailControl
import SendmailControlDaemon
import SystemPackage
import TestSupport

/// The real daemon and ours, made as equal as can be.
struct Twins: Sendable {
  let real: RealDaemon
  let scratch: ScratchDaemon

  /// Both control sockets.
  var sockets: [FilePath] { [real.controlSocket, scratch.socket] }

  /// Runs `body` with two daemons that are gone afterwards.
  ///
  /// `prepare` changes the state with which smcontrol's daemon starts, besides what is taken over
  /// from the real one.
  static func run(
    _ options: RealDaemon.Options = .init(),
    prepare: @escaping (inout DaemonState) -> Void = { _ in }, body: (Twins) async throws -> Void
  ) async throws {
    try await RealDaemon.run(options) { real in
      try await ScratchDaemon.run({
        adopt(real, &$0.state)
        prepare(&$0.state)
      }) { scratch in
        try await body(Twins(real: real, scratch: scratch))
      }
    }
  }

  /// Gives our daemon the mode, the version and the help of the real one.
  private static func adopt(_ real: RealDaemon, _ state: inout DaemonState) {
    state.mode = real.options.mode == .background ? .background : .foreground
    let help = FileManager.default.contents(atPath: real.places.helpFile.string)
    state.help = help.map { HelpFile(text: Array($0)) }
    state.fileSystems = [FileSystemSpace(index: 0, name: ".", freeSpace: 1)]
  }

  /// Sends `request` to both.
  ///
  /// - Returns: what was not the same of both, in words, or `nil`.
  func difference(_ request: TwinRequest) async throws -> String? {
    let one = try await reply(to: request, at: real.controlSocket)
    let other = try await reply(to: request, at: scratch.socket)
    let replies = [one, other].map { MaskedReply.make($0.bytes) }
    // The mask reads and writes lines, so their ends are compared separately.
    let isEqual =
      replies[0] == replies[1] && one.ending == other.ending
      && one.bytes.contains(ASCII.carriageReturn) == other.bytes.contains(ASCII.carriageReturn)
    guard !isEqual else { return nil }
    return "\(request.testDescription): the real daemon: \(one.text.debugDescription), then "
      + "\(one.ending); ours: \(other.text.debugDescription), then \(other.ending)"
  }

  /// The reply to `request` of a daemon that has reaped the control children of earlier requests; until
  /// then it lists them.
  private func reply(to request: TwinRequest, at socket: FilePath) async throws -> RawReply {
    try await eventually("a reply without earlier control children from \(socket)") {
      let reply = try await RawControlClient.exchange(
        socket, request.bytes, halfClose: request.finishes)
      return reply.text.contains("control socket server child") ? nil : reply
    }
  }

  /// Waits until both listen on other sockets than those of `old`.
  func waitForRestart(from old: [SocketIdentity?]) async throws {
    for (socket, old) in zip(sockets, old) {
      try await eventually("a new socket at \(socket)") {
        let new = SocketIdentity(socket)
        return new != nil && new != old
      }
      try await eventually("a listener at \(socket)") {
        (try? await RawControlClient.exchange(socket, "status"))?.bytes.isEmpty == false
      }
    }
  }

  /// Waits until both have taken their sockets away.
  func waitForEnd() async throws {
    for socket in sockets {
      try await eventually("no socket at \(socket)") { SocketIdentity(socket) == nil }
    }
  }
}
