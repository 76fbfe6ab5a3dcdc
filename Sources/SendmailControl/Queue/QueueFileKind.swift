// SPDX-License-Identifier: GPL-3.0-or-later

/// What a file in a queue directory is, by its name: a letter, `f`, and the id of a message (the
/// operations guide's appendix on queue files, and the letters of sendmail's `conf.h`).
public enum QueueFileKind: Sendable, Hashable, CaseIterable {
  /// `qf`: the control file of a message that waits.
  case control
  /// `hf`: the control file of a message in quarantine.
  case quarantined
  /// `Qf`: a lost control file, put aside because sendmail could not use it.
  case lost
  /// `df`: a message's body.
  case data
  /// `xf`: what was said while a message was sent.
  case transcript
  /// `tf`: a control file that is being written, to be renamed to `qf` at once.
  case new
  /// `Tf`: a control file that could not be renamed back, kept for repair.
  case kept
  /// Nothing of sendmail's, or of a sendmail that is not known here.
  case other

  /// The longest name that sendmail takes for one of its own, in bytes (`MAXQFNAME` without the NUL).
  public static let longestName = 20

  /// The kind of the file called `name`.
  ///
  /// Any id will do, even none, as it does to mailq.
  public init(name: Span<UInt8>) {
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
      case UInt8(ascii: "t"): .new
      case UInt8(ascii: "T"): .kept
      default: .other
      }
  }

  /// Whether it is a control file, under whatever name: one that a body may belong to.
  public var isControl: Bool {
    switch self {
    case .control, .quarantined, .lost, .new, .kept: true
    case .data, .transcript, .other: false
    }
  }

  /// The first letters that control files have.
  public static let controlLetters = Array("qhQtT".utf8)
}
