// SPDX-License-Identifier: Apache-2.0

/// Something in the daemon's state that the administrator should know and could overlook.
package enum StatusWarning: Sendable, Equatable {
  /// The query itself brings the daemon to its limit: it may refuse SMTP connections for 15 seconds,
  /// because sendmail counts every control connection as a child.
  case queryReachesLimit(ChildLimit)
  /// The query and one more child bring it there.
  case limitWithinReach(ChildLimit)
  /// The daemon counts more children than it lists, the one that answers left out.
  case childrenNotListed(counted: Int, listed: Int)
  /// None of the processes listed is known to be the daemon.
  case daemonNotFound

  /// Returns the warnings about `status`.
  package static func all(for status: DaemonStatus) -> [StatusWarning] {
    var warnings: [StatusWarning] = []
    if let maximum = status.maximumChildren,
      let warning = near(ChildLimit(children: status.childCount, maximum: maximum))
    {
      warnings.append(warning)
    }
    let listed = status.children.count
    if listed < status.childCount {
      warnings.append(.childrenNotListed(counted: status.childCount, listed: listed))
    }
    if status.daemon == nil { warnings.append(.daemonNotFound) }
    return warnings
  }

  /// The warning about a query of a daemon near its limit; `nil` when it is not near.
  package static func near(_ limit: ChildLimit) -> StatusWarning? {
    if limit.isReachedByQuery { return .queryReachesLimit(limit) }
    return limit.isNear ? .limitWithinReach(limit) : nil
  }

  /// True if it is about the limit, of which a warning can come before the query.
  package var isAboutLimit: Bool {
    switch self {
    case .queryReachesLimit, .limitWithinReach: true
    case .childrenNotListed, .daemonNotFound: false
    }
  }

  /// The warning as a sentence, without a prefix.
  package var text: String {
    switch self {
    case .queryReachesLimit(let limit):
      """
      sendmail counts a query as a child: with \(limit.children) others and MaxDaemonChildren \
      \(limit.maximum) it may refuse SMTP connections for 15 seconds; "status --passive" makes no \
      connection
      """
    case .limitWithinReach(let limit):
      """
      sendmail counts a query as a child: with \(limit.children) others and MaxDaemonChildren \
      \(limit.maximum) one more makes it refuse SMTP connections; "status --passive" makes no \
      connection
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
