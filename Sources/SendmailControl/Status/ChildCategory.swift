// SPDX-License-Identifier: GPL-3.0-or-later

/// The kinds of children as they are selected and sorted by, in the order of a list.
public enum ChildCategory: String, Sendable, CaseIterable {
  /// Serves an SMTP client.
  case smtpServer = "smtp-server"
  /// Runs a queue.
  case queueRunner = "queue-runner"
  /// Serves the control socket, whether or not it wrote this very reply.
  case control
  /// Anything that sendmail 8.17 has no fixed words for.
  case other

  /// The category of `kind`.
  public init(_ kind: ChildKind) {
    switch kind {
    case .smtpServer: self = .smtpServer
    case .queueRunner: self = .queueRunner
    case .answeringControl, .control: self = .control
    case .other: self = .other
    }
  }

  /// Its place in a list.
  var rank: Int {
    switch self {
    case .smtpServer: 0
    case .queueRunner: 1
    case .control: 2
    case .other: 3
    }
  }
}

/// What children are sorted by.
public enum ChildOrder: String, Sendable, CaseIterable {
  /// Kind, then the oldest first.
  case kind
  /// The oldest first.
  case age
  /// Who has used the most processor time first.
  case cpu
  /// The address of the SMTP client, then the oldest first; children without one last.
  case peer
  /// Process id.
  case pid
}
