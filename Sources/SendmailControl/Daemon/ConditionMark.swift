// SPDX-License-Identifier: Apache-2.0

/// The mark before the daemon's state and its paint.
extension Optional<DaemonCondition> {
  /// The mark, which is not the state's only cue.
  func mark(_ style: TerminalStyle) -> String {
    let isUTF8 = style.characters == .utf8
    switch self {
    case .accepting: return isUTF8 ? "✔" : "+"
    case .rejectingConnections: return isUTF8 ? "✘" : "X"
    case .rejectingMessages, .slowing, .noPortOpen: return "!"
    case .unknown, nil: return "?"
    }
  }

  /// The paint.
  var paint: Paint {
    switch self {
    case .accepting: .good
    case .rejectingConnections: .bad
    case .rejectingMessages, .slowing, .noPortOpen, .unknown, nil: .warning
    }
  }
}
