// SPDX-License-Identifier: Apache-2.0

/// The results of checks as a JSON object. Members are only ever added.
package struct CheckDocument: Encodable, Sendable {
  /// `smcontrol.check/1`.
  package var schema = "smcontrol.check/1"
  /// The state of all checks together.
  package var state: String
  /// The exit status.
  package var exitStatus: Int32
  /// The results in one line.
  package var summary: String
  /// The result of each check.
  package var checks: [Check]
  /// The steps that would give the rights that were missing.
  package var advice: [String]

  /// The result of a check.
  package struct Check: Encodable, Sendable {
    var name: String
    var state: String
    var text: String
    var values: [Value]
    var reasons: [String]
    var details: [String]
  }

  /// A value in its base unit, and the ranges that it was compared with.
  package struct Value: Encodable, Sendable {
    var label: String
    var value: Double
    var unit: String
    var warning: Nullable<String>
    var critical: Nullable<String>
    var minimum: Nullable<Double>
    var maximum: Nullable<Double>
  }
}

extension CheckReport {
  /// The results in JSON.
  package var document: CheckDocument {
    CheckDocument(
      state: state.name, exitStatus: state.rawValue, summary: summary(),
      checks: results.map(CheckDocument.Check.init), advice: advice)
  }
}

extension CheckDocument.Check {
  fileprivate init(_ result: CheckResult) {
    name = result.check.rawValue
    state = result.state.name
    text = result.text
    values = result.values.map(CheckDocument.Value.init)
    reasons = result.reasons
    details = result.details
  }
}

extension CheckDocument.Value {
  fileprivate init(_ value: PerformanceValue) {
    label = value.label
    self.value = value.value
    unit = value.unit.symbol
    warning = Nullable(value.thresholds.warning?.text)
    critical = Nullable(value.thresholds.critical?.text)
    minimum = Nullable(value.minimum)
    maximum = Nullable(value.maximum)
  }
}
