// SPDX-License-Identifier: Apache-2.0

/// The state of a check, with the number that a monitoring plugin exits with.
package enum CheckState: Int32, Sendable, CaseIterable {
  case ok = 0
  case warning = 1
  case critical = 2
  /// Something could not be read, or the check could not be made.
  case unknown = 3

  /// The word in the first line of a plugin.
  package var word: String { name.uppercased() }

  /// The name in JSON.
  package var name: String {
    switch self {
    case .ok: "ok"
    case .warning: "warning"
    case .critical: "critical"
    case .unknown: "unknown"
    }
  }

  /// The state of several checks: what is certainly bad comes before what is not known.
  package static func worst(of states: some Sequence<CheckState>) -> CheckState {
    states.max { $0.rank < $1.rank } ?? .ok
  }

  /// The place in the order from good to bad.
  var rank: Int {
    switch self {
    case .ok: 0
    case .unknown: 1
    case .warning: 2
    case .critical: 3
    }
  }
}
