// SPDX-License-Identifier: Apache-2.0

/// The checks there are, by the names of their options.
package enum MonitoringCheck: String, Sendable, CaseIterable {
  /// The daemon accepts mail.
  case state
  /// The number of its children.
  case children
  /// The machine's load average.
  case load
  /// The free space of the queues' file systems: the least of them.
  case space
  /// The number of waiting messages.
  case messages
  /// The age of the oldest of them.
  case oldest
  /// The number of messages in quarantine.
  case quarantined
  /// The number of lost messages.
  case lost
  /// The number of messages of which a part is missing.
  case incomplete
  /// The number of findings of the audit.
  case audit
  /// The number of configured ports without a listener.
  case ports
  /// A daemon would start with the configuration.
  case config
  /// The time since the configuration changed that the daemon has read.
  case configAge = "config-age"

  /// The unit of its value; `nil` for a check that takes no thresholds.
  package var unit: ThresholdUnit? {
    switch self {
    case .state, .config: nil
    case .children, .load, .messages, .quarantined, .lost, .incomplete, .audit, .ports: .number
    case .oldest, .configAge: .seconds
    case .space: .bytes
    }
  }

  /// The facts that it needs.
  package var parts: MonitoringFacts.Parts {
    switch self {
    case .state: [.daemon, .load]
    case .children: .daemon
    case .load: .load
    case .space: .space
    case .messages, .oldest, .quarantined, .lost, .incomplete: .queues
    case .audit: .audit
    case .ports: [.daemon, .ports]
    case .config: .startup
    case .configAge: [.daemon, .configurationAge]
    }
  }

  /// The checks that are made when none is named.
  package static let standard: [MonitoringCheck] = [.state, .oldest]
}

/// A check that is asked for.
package struct CheckRequest: Sendable, Equatable {
  /// The check.
  package let check: MonitoringCheck
  /// Its thresholds; `nil` for its own.
  package let thresholds: Thresholds?

  /// A check with these thresholds.
  package init(_ check: MonitoringCheck, _ thresholds: Thresholds? = nil) {
    self.check = check
    self.thresholds = thresholds
  }
}

/// A value as performance data has it.
package struct PerformanceValue: Sendable, Equatable {
  /// The label.
  package var label: String
  /// The value in the base unit.
  package var value: Double
  /// The unit.
  package var unit = ThresholdUnit.number
  /// The ranges that it was compared with.
  package var thresholds = Thresholds()
  /// The lowest possible value; `nil` for none.
  package var minimum: Double? = 0
  /// The highest possible value; `nil` for none.
  package var maximum: Double?

  /// The value in the grammar of the guidelines: `label=value[UOM];[warn];[crit];[min];[max]`.
  package var text: String {
    let fields = [
      "\(label)=\(ThresholdRange.text(value))\(unit.symbol)", thresholds.warning?.text,
      thresholds.critical?.text, minimum.map(ThresholdRange.text), maximum.map(ThresholdRange.text),
    ]
    return fields.map { $0 ?? "" }.joined(separator: ";")
  }
}

/// The result of a check.
package struct CheckResult: Sendable, Equatable {
  /// The check.
  package let check: MonitoringCheck
  /// Its state.
  package var state: CheckState
  /// The result in a few words: `12 messages`.
  package var text: String
  /// Its values, the one that was compared first; none when it is not known.
  package var values: [PerformanceValue] = []
  /// The reasons why something could not be read, safe to print.
  package var reasons: [String] = []
  /// The groups whose members may read what this user may not.
  package var groups: [String] = []
  /// True if this user may not read what the check needs, and another may.
  package var needsRights = false
  /// More about the result, a line each.
  package var details: [String] = []
}
