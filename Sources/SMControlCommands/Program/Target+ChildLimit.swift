// SPDX-License-Identifier: GPL-3.0-or-later

internal import SendmailControl
internal import SendmailControlClient
internal import SystemSupport

extension Target {
  /// The daemon's children and their limit, learnt without a connection; `nil` when it has no limit, or its
  /// children cannot be seen.
  func childLimit() -> ChildLimit? {
    guard let configured = configuration()?.maximumDaemonChildren else { return nil }
    let observer = DaemonObserver(place())
    // Without a limit the process table need not be read.
    guard observer.observe([.files]).maximumChildren(configured: configured) > 0 else {
      return nil
    }
    return ChildLimit(
      observer.observe([.files, .process, .processTable]), configured: configured)
  }

  /// Checks, before a query, that it does not make the daemon refuse SMTP connections, and warns when it
  /// may.
  ///
  /// - Parameter isForced: whether the query is to be made all the same.
  /// - Returns: whether a warning about the limit was printed.
  /// - Throws: ``CommandFailure`` with ``ExitStatus/temporaryFailure``.
  @discardableResult
  func checkChildLimit(isForced: Bool) throws(CommandFailure) -> Bool {
    guard let limit = childLimit(), let warning = StatusWarning.near(limit) else { return false }
    guard isForced || !limit.isReachedByQuery else { throw CommandFailure(withheldAt: limit) }
    context.console.warn(warning.text)
    return true
  }
}

extension CommandFailure {
  /// A query that is not made because of the limit.
  init(withheldAt limit: ChildLimit) {
    self.init(
      .temporaryFailure,
      [
        """
        the daemon was not queried: it has \(limit.children) of \(limit.maximum) children \
        (MaxDaemonChildren), and a query, which counts as one, makes sendmail refuse SMTP \
        connections for 15 seconds
        """,
        "--query queries it all the same",
      ])
    cause = "near-child-limit"
    alive = true
    childLimit = limit
  }
}
