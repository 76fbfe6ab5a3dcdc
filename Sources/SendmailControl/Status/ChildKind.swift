// SPDX-License-Identifier: GPL-3.0-or-later

/// What a child of the daemon does, read from sendmail's words for it.
public enum ChildKind: Sendable, Equatable {
  /// Serves an SMTP client: its address as sendmail prints it, such as `192.0.2.7`,
  /// `IPv6:2001:db8:0:0:0:0:0:1` or `[UNIX: localhost]`.
  case smtpServer(peer: [UInt8])
  /// Runs a queue (one entry per work group).
  case queueRunner
  /// The control child that wrote this very reply.
  case answeringControl
  /// Another control child: one that serves somebody else, or an earlier one not yet reaped.
  case control
  /// Anything that sendmail 8.17 has no fixed words for.
  case other

  /// The kind that `text`, a description from the process list, stands for.
  public init(text: some Collection<UInt8>) {
    if text.starts(with: Self.smtpServerPrefix) {
      self = .smtpServer(peer: Array(text.dropFirst(Self.smtpServerPrefix.count)))
    } else if text.elementsEqual(Self.queueRunnerText) {
      self = .queueRunner
    } else if text.elementsEqual(Self.answeringControlText) {
      self = .answeringControl
    } else if text.elementsEqual(Self.controlText) {
      self = .control
    } else {
      self = .other
    }
  }

  /// The name of the kind in machine-readable output.
  public var name: String {
    switch self {
    case .smtpServer: "smtp-server"
    case .queueRunner: "queue-runner"
    case .answeringControl: "answering-control"
    case .control: "control"
    case .other: "other"
    }
  }

  /// The address of the SMTP client it serves, or `nil` for a child that serves none.
  public var peer: [UInt8]? {
    if case .smtpServer(let peer) = self { peer } else { nil }
  }

  /// sendmail's words for a child of this kind, or `nil` for ``other``, which has none of its own.
  public var text: [UInt8]? {
    switch self {
    case .smtpServer(let peer): Self.smtpServerPrefix + peer
    case .queueRunner: Self.queueRunnerText
    case .answeringControl: Self.answeringControlText
    case .control: Self.controlText
    case .other: nil
    }
  }

  private static let smtpServerPrefix = Array("SMTP server child for ".utf8)
  private static let queueRunnerText = Array("Queue runner".utf8)
  private static let answeringControlText = Array("console socket child".utf8)
  private static let controlText = Array("control socket server child".utf8)
}
