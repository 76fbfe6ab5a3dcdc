// SPDX-License-Identifier: Apache-2.0

/// A child of the daemon together with its line of the process table.
package struct ListedChild: Sendable, Equatable {
  /// Its process id.
  package var pid: Int32
  /// sendmail's words for it.
  package var text: ByteText
  /// The meaning of the words.
  package var kind: ChildKind
  /// Its state by the process table, or `nil` when that was not read.
  package var process: ListedProcess?

  /// `child`, with its state by the process table.
  package init(_ child: DaemonStatus.Child, process: ListedProcess? = nil) {
    pid = child.pid
    text = child.text
    kind = child.kind
    self.process = process
  }

  /// Its age, if that is known.
  package var age: Duration? { process?.age }

  /// The processor time it has used, if that is known.
  package var processorTime: Duration? { process?.process?.processorTime }

  /// True if it is a control child that no longer matters: the one that wrote the reply, or one
  /// that is known to have ended.
  var isFinishedControlChild: Bool {
    switch kind {
    case .answeringControl: return true
    case .control: return process == .gone || process?.process?.hasEnded == true
    case .smtpServer, .queueRunner, .other: return false
    }
  }
}
