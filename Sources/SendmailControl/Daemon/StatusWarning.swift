// SPDX-License-Identifier: Apache-2.0

/// Something in the daemon's state that the administrator should know and could overlook.
package enum StatusWarning: Sendable, Equatable {
  /// The answering child itself brought the daemon to its limit: it may now refuse SMTP
  /// connections for 15 seconds, because sendmail counts every control connection as a child.
  case lookReachedLimit(children: Int, maximum: Int)
  /// One more child brings it there.
  case limitWithinReach(children: Int, maximum: Int)
  /// The daemon counts more children than it lists, the one that answers left out.
  case childrenNotListed(counted: Int, listed: Int)
  /// None of the processes listed is known to be the daemon.
  case daemonNotFound

  /// Returns the warnings about `status`.
  package static func all(for status: DaemonStatus) -> [StatusWarning] {
    var warnings: [StatusWarning] = []
    if let left = status.childrenToLimit, let maximum = status.maximumChildren, left <= 1 {
      warnings.append(
        left == 0
          ? .lookReachedLimit(children: status.childCount, maximum: maximum)
          : .limitWithinReach(children: status.childCount, maximum: maximum))
    }
    let listed = status.children.count
    if listed < status.childCount {
      warnings.append(.childrenNotListed(counted: status.childCount, listed: listed))
    }
    if status.daemon == nil { warnings.append(.daemonNotFound) }
    return warnings
  }

  /// The warning as a sentence, without a prefix.
  package var text: String {
    switch self {
    case .lookReachedLimit(let children, let maximum):
      """
      sendmail counts this look as a child too: with \(children) others and MaxDaemonChildren \
      \(maximum) it may refuse SMTP connections for the next 15 seconds; \
      "smcontrol status --passive" looks without connecting
      """
    case .limitWithinReach(let children, let maximum):
      """
      sendmail counts each look as a child: with \(children) others and MaxDaemonChildren \
      \(maximum) one more makes it refuse SMTP connections; \
      "smcontrol status --passive" looks without connecting
      """
    case .childrenNotListed(let counted, let listed):
      """
      the daemon counts \(counted) \(counted == 1 ? "child" : "children") and lists \(listed): \
      the list may be cut short
      """
    case .daemonNotFound:
      """
      none of the processes listed can be told to be the daemon: neither the listener's \
      credentials, the PID file nor the descriptions name one
      """
    }
  }
}
