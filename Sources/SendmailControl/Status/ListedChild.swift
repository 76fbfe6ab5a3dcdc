// SPDX-License-Identifier: GPL-3.0-or-later

/// A child of the daemon together with its line of the process table.
public struct ListedChild: Sendable, Equatable {
  /// Its process id.
  public var pid: Int32
  /// sendmail's words for it.
  public var text: [UInt8]
  /// The meaning of the words.
  public var kind: ChildKind
  /// The process as the process table shows it, or `nil` when the table was not read.
  public var sight: ProcessSight?

  /// `child`, with its process.
  public init(_ child: DaemonStatus.Child, sight: ProcessSight? = nil) {
    pid = child.pid
    text = child.text
    kind = child.kind
    self.sight = sight
  }

  /// Its age, if that is known.
  public var age: Duration? { sight?.facts?.age }

  /// Whether it is a control child that no longer matters: the one that wrote the reply, or one
  /// that is known to have ended.
  var isFinishedControlChild: Bool {
    switch kind {
    case .answeringControl: return true
    case .control: return sight == .gone || sight?.facts?.hasEnded == true
    case .smtpServer, .queueRunner, .other: return false
    }
  }
}
