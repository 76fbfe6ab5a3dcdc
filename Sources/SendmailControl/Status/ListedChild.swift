// SPDX-License-Identifier: GPL-3.0-or-later

/// A child of the daemon together with what the process table says of it.
public struct ListedChild: Sendable, Equatable {
  /// Its process id.
  public var pid: Int32
  /// sendmail's words for it.
  public var text: [UInt8]
  /// What the words mean.
  public var kind: ChildKind
  /// What was found in the process table, or `nil` when nobody looked.
  public var sight: ProcessSight?

  /// `child`, with what was seen of it.
  public init(_ child: DaemonStatus.Child, sight: ProcessSight? = nil) {
    pid = child.pid
    text = child.text
    kind = child.kind
    self.sight = sight
  }

  /// The category of its kind.
  public var category: ChildCategory { ChildCategory(kind) }

  /// How long ago it began, if that was seen.
  public var age: Duration? { sight?.facts?.age }

  /// Whether it is a control child that is no matter any more: the one that wrote the reply, or one
  /// that is known to have ended.
  var isSpentControl: Bool {
    switch kind {
    case .answeringControl: return true
    case .control: return sight == .gone || sight?.facts?.hasEnded == true
    case .smtpServer, .queueRunner, .other: return false
    }
  }
}
