// SPDX-License-Identifier: Apache-2.0

/// The facts of monitoring as metrics.
package struct MetricsReport: Report {
  /// The families.
  package let families: [MetricFamily]

  /// The metrics of `facts`.
  ///
  /// `duration` is the time that it took to gather them.
  package init(_ facts: MonitoringFacts, duration: Duration) {
    var taken = MetricFamily("scrape_duration_seconds", "Time that it took to read all of this.")
    taken.add(Double(duration.milliseconds) / 1000)
    families = (facts.metrics + [taken]).filter { !$0.samples.isEmpty }
  }

  /// The metrics in Prometheus's format: smcontrol.pl has no wording for them.
  package var classic: String { prometheus }

  /// The metrics in Prometheus's format 0.0.4.
  package var prometheus: String { MetricsText.prometheus(families) }

  /// The metrics in the format OpenMetrics 1.0.
  package var openMetrics: String { MetricsText.openMetrics(families) }

  /// The metrics in JSON.
  package var document: MetricsDocument { MetricsDocument(families) }
}

/// Metrics as a JSON object. Members are only ever added.
package struct MetricsDocument: Encodable, Sendable {
  /// `smcontrol.metrics/1`.
  package var schema = "smcontrol.metrics/1"
  /// The families.
  package let families: [Family]

  /// A family.
  package struct Family: Encodable, Sendable {
    let name: String
    let type: String
    let help: String
    let samples: [Sample]
  }

  /// A sample: a value, or the counts of a histogram.
  package struct Sample: Encodable, Sendable {
    let labels: [String: String]
    let value: Nullable<Double>
    let ages: Nullable<Ages>
  }

  /// The counts of ages by class, of which the last has no bound.
  package struct Ages: Encodable, Sendable {
    var boundsSeconds = AgeHistogram.bounds
    let counts: [Int]
    let sumSeconds: Int
  }

  init(_ families: [MetricFamily]) {
    self.families = families.map { family in
      Family(
        name: family.name, type: family.kind.rawValue, help: family.help,
        samples: family.samples.map(Sample.init))
    }
  }
}

extension MetricsDocument.Sample {
  fileprivate init(_ sample: MetricFamily.Sample) {
    labels = Dictionary(
      sample.labels.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    switch sample.value {
    case .number(let number):
      value = Nullable(number.isFinite ? number : nil)
      ages = Nullable(nil)
    case .ages(let histogram):
      value = Nullable(nil)
      ages = Nullable(
        MetricsDocument.Ages(counts: histogram.counts, sumSeconds: histogram.sum))
    }
  }
}
