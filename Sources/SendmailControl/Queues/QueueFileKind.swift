// SPDX-License-Identifier: Apache-2.0

/// The kind of a file in a queue directory, by its name: a letter, `f`, and the id of a message (the
/// operations guide's appendix on queue files, and the letters of sendmail's `conf.h`).
package enum QueueFileKind: Sendable, Hashable, CaseIterable {
  /// `qf`: the control file of a waiting message.
  case control
  /// `hf`: the control file of a message in quarantine.
  case quarantined
  /// `Qf`: a lost control file, renamed because sendmail could not use it.
  case lost
  /// `df`: a message's body.
  case data
  /// `xf`: the transcript of a delivery attempt.
  case transcript
  /// `tf`: a control file that is being written, and renamed to `qf` at the end.
  case temporary
  /// `Tf`: a control file whose renaming failed, kept for repair.
  case failedRename
  /// Any other name: not sendmail's, or of an unknown version of sendmail.
  case other

  /// The longest name of a queue file, in bytes (`MAXQFNAME` without the NUL).
  package static let longestName = 20

  /// The kind of the file called `name`.
  ///
  /// Any id is accepted, even an empty one, as mailq does.
  package init(name: Span<UInt8>) {
    guard (2...Self.longestName).contains(name.count), name[1] == UInt8(ascii: "f") else {
      self = .other
      return
    }
    self =
      switch name[0] {
      case UInt8(ascii: "q"): .control
      case UInt8(ascii: "h"): .quarantined
      case UInt8(ascii: "Q"): .lost
      case UInt8(ascii: "d"): .data
      case UInt8(ascii: "x"): .transcript
      case UInt8(ascii: "t"): .temporary
      case UInt8(ascii: "T"): .failedRename
      default: .other
      }
  }

  /// The first letters of the names of control files: of all to which a body may belong.
  package static let controlLetters = Array("qhQtT".utf8)
}
