// SPDX-License-Identifier: Apache-2.0

/// The task of a child of the daemon, read from sendmail's words for it. Kinds may be added: a switch
/// needs a default.
@nonexhaustive public enum ChildKind: Sendable, Hashable {
  /// Serves an SMTP client: its address as sendmail prints it, such as `192.0.2.7`,
  /// `IPv6:2001:db8:0:0:0:0:0:1` or `[UNIX: localhost]`.
  case smtpServer(peer: ByteText)
  /// Runs a queue (one entry per work group).
  case queueRunner
  /// The control child that wrote this very reply.
  case answeringControl
  /// Another control child: one that serves another client, or an earlier one not yet reaped.
  case control
  /// Anything that sendmail 8.17 has no fixed words for.
  case other

  /// The kind that `text`, a description from the process list, stands for.
  public init(text: some Collection<UInt8>) {
    if text.starts(with: SendmailWords.smtpServer) {
      self = .smtpServer(peer: ByteText(text.dropFirst(SendmailWords.smtpServer.count)))
    } else if text.elementsEqual(SendmailWords.queueRunner) {
      self = .queueRunner
    } else if text.elementsEqual(SendmailWords.answeringControl) {
      self = .answeringControl
    } else if text.elementsEqual(SendmailWords.control) {
      self = .control
    } else {
      self = .other
    }
  }

  /// The name of the kind in machine-readable output.
  public var name: String { category.rawValue }

  /// The address of the SMTP client it serves, or `nil` for a child that serves none.
  public var peer: ByteText? {
    if case .smtpServer(let peer) = self { peer } else { nil }
  }

  /// The kind as children are selected and sorted by.
  package var category: Category {
    switch self {
    case .smtpServer: .smtpServer
    case .queueRunner: .queueRunner
    case .answeringControl: .answeringControl
    case .control: .control
    case .other: .other
    }
  }

  /// The kinds that children are selected and sorted by, in the order of a list.
  package enum Category: String, Sendable, CaseIterable, Comparable {
    /// Serves an SMTP client.
    case smtpServer = "smtp-server"
    /// Runs a queue.
    case queueRunner = "queue-runner"
    /// Serves the control socket, for another client or an earlier one.
    case control
    /// Wrote this very reply.
    case answeringControl = "answering-control"
    /// Anything that sendmail 8.17 has no fixed words for.
    case other

    /// The order of a list.
    package static func < (left: Category, right: Category) -> Bool {
      allCases.prefix { $0 != right }.contains(left)
    }
  }
}
