// SPDX-License-Identifier: Apache-2.0

/// The meaning of a title with which the daemon rejects connections or messages: what becomes of mail now, which
/// limit was reached, and when it ends (`refuseconnections` and `getrequests` in sendmail).
enum RejectionText {
  private static let load = Array("load average: ".utf8)
  private static let memory = Array("free memory: ".utf8)

  /// The sentence about `condition`; `nil` for a daemon that rejects nothing.
  ///
  /// `limits` are the limits of the daemon's configuration, if they are known. `ports` are its
  /// ports, whose own limits override these.
  static func sentence(
    _ condition: DaemonCondition?, limits: StatusThresholds?, ports: [DaemonPort]
  ) -> String? {
    switch condition {
    case .rejectingConnections(let name, let reason):
      return connections(reason) + " " + limit(name, reason, limits, ports)
    case .rejectingMessages(let reason):
      return messages(reason)
    case .accepting, .slowing, .noPortOpen, .unknown, nil:
      return nil
    }
  }

  /// The meaning for mail. A load that closes the ports mostly keeps the queue waiting, too.
  private static func connections(_ reason: ByteText) -> String {
    let queue =
      reason.starts(with: load)
      ? "what is queued is sent as far as QueueLA permits" : "the queue is still delivered"
    return """
      No port takes SMTP connections, so that other mail systems keep their mail and try again; \(queue).
      """
  }

  /// The limit that was reached and what ends it.
  private static func limit(
    _ name: ByteText, _ reason: ByteText, _ limits: StatusThresholds?, _ ports: [DaemonPort]
  ) -> String {
    let port = ports.first { $0.name == name.bytes }
    let name = TerminalEscaping.escape(name)
    if reason.starts(with: load) {
      let option =
        port?.refuseLA.map { "refuseLA \($0) of port \(name)" }
        ?? limits.map { "RefuseLA \($0.refuseLA)" } ?? "RefuseLA"
      return
        "The load average has reached \(option): sendmail checks every 15 seconds whether it is below."
    }
    if reason.starts(with: memory) {
      return
        "Free memory is below RefuseLowMem: sendmail checks every 15 seconds whether there is more."
    }
    if let maximum = maximum(reason) {
      let option =
        port?.maximumChildren == maximum
        ? "children \(maximum) of port \(name)" : "MaxDaemonChildren \(maximum)"
      return """
        The daemon's children have reached \(option): sendmail checks every 15 seconds whether some have \
        ended.
        """
    }
    return "sendmail checks every 15 seconds whether the reason is gone."
  }

  /// The limit in `3 children, max 3`.
  private static func maximum(_ reason: ByteText) -> Int? {
    guard let range = reason.bytes.firstRange(of: Array(" children, max ".utf8)) else { return nil }
    return Int(String(decoding: reason.bytes[range.upperBound...], as: UTF8.self))
  }

  private static func messages(_ reason: ByteText) -> String {
    let blocks =
      DaemonCondition.rejectingMessages(reason: reason).minimumFreeBlocks.map { " \($0)" } ?? ""
    return """
      SMTP clients may connect, and each message is refused for now (452), so that they keep their mail and try \
      again; the queue is still delivered. The file system of a queue has less free space than \
      MinFreeBlocks\(blocks): sendmail checks once a minute whether there is more.
      """
  }
}

extension DaemonCondition {
  /// `MinFreeBlocks`, as the daemon names it when it rejects messages.
  var minimumFreeBlocks: Int? {
    let start = Array("min free: ".utf8)
    guard case .rejectingMessages(let reason) = self, reason.starts(with: start) else { return nil }
    return Int(String(decoding: reason.dropFirst(start.count), as: UTF8.self))
  }
}
