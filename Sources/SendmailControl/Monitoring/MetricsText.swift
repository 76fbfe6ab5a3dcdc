// SPDX-License-Identifier: Apache-2.0

/// Families of metrics as text for a monitoring system.
package enum MetricsText {
  /// Returns the text in Prometheus's format 0.0.4.
  package static func prometheus(_ families: [MetricFamily]) -> String {
    families.map { family in
      let name = family.name + (family.kind == .counter ? "_total" : "")
      return "# HELP \(name) \(escaped(family.help))\n# TYPE \(name) \(family.kind.rawValue)\n"
        + samples(of: family, sum: "_sum", count: "_count")
    }.joined()
  }

  /// Returns the text in the format OpenMetrics 1.0.
  package static func openMetrics(_ families: [MetricFamily]) -> String {
    families.map { family in
      let type = family.kind == .histogram ? "gaugehistogram" : family.kind.rawValue
      return "# TYPE \(family.name) \(type)\n"
        + (family.unit.map { "# UNIT \(family.name) \($0)\n" } ?? "")
        + "# HELP \(family.name) \(escaped(family.help, isQuoted: true))\n"
        + samples(of: family, sum: "_gsum", count: "_gcount")
    }.joined() + "# EOF\n"
  }

  private static func samples(of family: MetricFamily, sum: String, count: String) -> String {
    var text = ""
    for sample in family.samples {
      func line(_ suffix: String, _ value: String, le bound: String? = nil) {
        let labels = sample.labels + (bound.map { [("le", $0)] } ?? [])
        let shown = labels.map { "\($0.name)=\"\(escaped($0.value, isQuoted: true))\"" }
        let list = shown.isEmpty ? "" : "{\(shown.joined(separator: ","))}"
        text += "\(family.name)\(suffix)\(list) \(value)\n"
      }
      switch sample.value {
      case .number(let number):
        line(family.kind == .counter ? "_total" : "", self.number(number))
      case .ages(let ages):
        var sumOfCounts = 0
        for (index, bound) in AgeHistogram.bounds.enumerated() {
          sumOfCounts += ages.counts[index]
          line("_bucket", String(sumOfCounts), le: "\(bound).0")
        }
        line("_bucket", String(ages.total), le: "+Inf")
        line(sum, String(ages.sum))
        line(count, String(ages.total))
      }
    }
    return text
  }

  /// Returns a number in the form of Go, in which the formats take it.
  private static func number(_ number: Double) -> String {
    if number == .infinity { return "+Inf" }
    if number == -.infinity { return "-Inf" }
    if number.isNaN { return "NaN" }
    return Int(exactly: number).map { String($0) } ?? "\(number)"
  }

  private static func escaped(_ text: String, isQuoted: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where isQuoted: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
