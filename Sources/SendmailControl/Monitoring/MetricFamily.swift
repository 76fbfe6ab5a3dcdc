// SPDX-License-Identifier: Apache-2.0

/// The samples of one name, as Prometheus and OpenMetrics group them.
package struct MetricFamily: Sendable {
  /// The kinds of family.
  package enum Kind: String, Sendable {
    /// A value that goes up and down.
    case gauge
    /// A count that only grows, until its source begins again.
    case counter
    /// The present counts of a histogram, which go up and down, too.
    case histogram
  }

  /// A value with its labels.
  package struct Sample: Sendable {
    /// The labels, in order.
    package let labels: [(name: String, value: String)]
    /// The value.
    package let value: Value

    /// A value.
    package enum Value: Sendable {
      /// A number; infinite for a limit that there is not.
      case number(Double)
      /// Ages in seconds.
      case ages(AgeHistogram)
    }
  }

  /// The name, without the `_total` of a counter.
  package let name: String
  /// The kind.
  package let kind: Kind
  /// A sentence about it.
  package let help: String
  /// The samples; a family without any is not shown.
  package private(set) var samples: [Sample] = []

  /// A family without samples.
  init(_ name: String, _ help: String, kind: Kind = .gauge) {
    self.name = "sendmail_\(name)"
    self.kind = kind
    self.help = help
  }

  /// The unit at the end of the name; `nil` for a number of things.
  package var unit: String? {
    ["seconds", "bytes"].first { name.hasSuffix("_\($0)") }
  }

  /// Adds a sample.
  mutating func add(_ value: Double, _ labels: (name: String, value: String)...) {
    samples.append(Sample(labels: labels, value: .number(value)))
  }

  /// Adds a sample.
  mutating func add(_ value: Int, _ labels: (name: String, value: String)...) {
    samples.append(Sample(labels: labels, value: .number(Double(value))))
  }

  /// Adds a sample of whether something holds: 1 or 0.
  mutating func add(_ value: Bool, _ labels: (name: String, value: String)...) {
    samples.append(Sample(labels: labels, value: .number(value ? 1 : 0)))
  }

  /// Adds a histogram.
  mutating func add(_ ages: AgeHistogram, _ labels: (name: String, value: String)...) {
    samples.append(Sample(labels: labels, value: .ages(ages)))
  }
}
