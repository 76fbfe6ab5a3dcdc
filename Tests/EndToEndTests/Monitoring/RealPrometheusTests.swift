// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SystemPackage
import TestSupport
import Testing

/// The metrics, the alert rules and the dashboard, by Debian's Prometheus and its node exporter.
@Suite("smcontrol metrics and the real Prometheus", .needsPrometheus)
struct RealPrometheusTests {
  /// Situations with other series or values.
  enum Situation: String, CaseIterable, Sendable {
    case empty, full
    case withoutStatistics = "without statistics"
    case nothingCounted = "nothing counted"
  }

  private static func place(_ situation: Situation) throws -> MetricsPlace {
    let statistics: [UInt8]? =
      switch situation {
      case .empty, .full: StatisticsFile.bytes
      case .withoutStatistics: nil
      case .nothingCounted: []
      }
    let place = try MetricsPlace(statistics: statistics)
    if situation == .full { try place.fill() }
    return place
  }

  @Test("promtool finds nothing to complain of", arguments: Situation.allCases)
  func promtool(situation: Situation) async throws {
    let prometheus = try await RealPrometheus.required()
    let metrics = try await Self.place(situation).metrics()
    let check = try await ProcessRunner.run(
      prometheus.promtool, ["check", "metrics"], input: metrics.standardOutput)
    #expect(check.status == 0)
    #expect(check.output + check.errorOutput == "")
  }

  @Test("Both formats say the same to Prometheus's parser", arguments: Situation.allCases)
  func parser(situation: Situation) async throws {
    let prometheus = try await RealPrometheus.required()
    let place = try Self.place(situation)
    let text = try await prometheus.families(
      of: try await place.metrics().standardOutput, format: "prometheus")
    let open = try await prometheus.families(
      of: try await place.metrics("--format", "openmetrics").standardOutput,
      format: "openmetrics")
    #expect(text.count > 15)
    #expect(open.map(\.name) == text.map(\.name))
    #expect(open.map(\.help) == text.map(\.help))
    #expect(
      open.map(\.type) == text.map { $0.type == "histogram" ? "gaugehistogram" : $0.type })
    // The names of the sum and the count of a histogram differ.
    func samples(_ families: [ParsedFamily]) -> [String] {
      families.flatMap(\.samples).map { sample in
        "\(sample.name.replacing("_gsum", with: "_sum").replacing("_gcount", with: "_count"))"
          + " \(sample.labels.sorted { $0.key < $1.key })"
      }
    }
    #expect(samples(open) == samples(text))
  }

  @Test("The node exporter serves every family with its type from the file")
  func nodeExporter() async throws {
    let prometheus = try await RealPrometheus.required()
    let place = try Self.place(.full)
    let written = try await prometheus.families(
      of: try await place.metrics().standardOutput, format: "prometheus")
    try await Self.withNodeExporter(prometheus, place) { port in
      let served = try await prometheus.families(
        of: try await LoopbackHTTP.get("/metrics", port: port), format: "prometheus")
      let types = Dictionary(served.map { ($0.name, $0.type) }, uniquingKeysWith: { $1 })
      for family in written {
        #expect(types[family.name] == family.type, "\(family.name)")
      }
      let error = served.first { $0.name == "node_textfile_scrape_error" }
      #expect(error?.samples.map(\.value) == [0])
    }
  }

  @Test("Prometheus takes the alert rules, and each query of the dashboard has a result")
  func rulesAndDashboard() async throws {
    let prometheus = try await RealPrometheus.required()
    let place = try Self.place(.full)
    let rules = ProjectFiles.file("Packaging/monitoring/prometheus-rules.yml")
    let check = try await ProcessRunner.run(prometheus.promtool, ["check", "rules", rules.string])
    #expect(check.status == 0, "\(check.output)\(check.errorOutput)")
    try await Self.withNodeExporter(prometheus, place) { exporter in
      try await Self.withServer(prometheus, place, scraping: exporter, rules: rules) { port in
        let queries = try Self.dashboardQueries()
        #expect(queries.count > 20)
        for query in queries {
          // Rates need two scrapes.
          try await eventually("a result of \(query)") {
            try await !Self.result(of: query, port: port).isEmpty
          }
        }
        let alerts = try Self.alertQueries(rules)
        #expect(alerts.count > 8)
        for query in alerts { _ = try await Self.result(of: query, port: port) }
        // Every name in them is one that is exported, here or where a daemon runs.
        let golden = ProjectFiles.file(
          "Tests/SendmailControlTests/Data/Golden/Metrics/busy.prometheus")
        let busy = try String(contentsOfFile: golden.string, encoding: .utf8)
        let here = try await place.metrics().output
        let names = Set(
          (MetricsPlace.series(here) + MetricsPlace.series(busy)).map { $0.prefix { $0 != "{" } })
        for query in queries + alerts {
          for name in query.matches(of: /sendmail_[a-z_]+/).map(\.output) {
            #expect(names.contains(name), "\(name)")
          }
        }
      }
    }
  }

  // MARK: Servers

  /// Runs `body` with a node exporter that serves a text file of `place`.
  private static func withNodeExporter(
    _ prometheus: RealPrometheus, _ place: MetricsPlace, body: (UInt16) async throws -> Void
  ) async throws {
    let directory = try place.directory.makeDirectory("textfile")
    let outcome = try await place.metrics(
      "--textfile", directory.appending("sendmail.prom").string)
    try #require(outcome.status == 0, "\(outcome.errorOutput)")
    let port = try LoopbackHTTP.unusedPort()
    try await RunningProgram.run(
      prometheus.nodeExporter,
      [
        "--collector.disable-defaults", "--collector.textfile",
        "--collector.textfile.directory=\(directory)", "--web.listen-address=127.0.0.1:\(port)",
      ]
    ) { program in
      try await waitForAnswer("/metrics", port, program)
      try await body(port)
    }
  }

  /// Runs `body` with a Prometheus that scrapes the node exporter every second.
  private static func withServer(
    _ prometheus: RealPrometheus, _ place: MetricsPlace, scraping exporter: UInt16,
    rules: FilePath, body: (UInt16) async throws -> Void
  ) async throws {
    let configuration = try place.directory.write(
      """
      global: { scrape_interval: 1s, evaluation_interval: 1s }
      rule_files: ["\(rules)"]
      scrape_configs:
        - job_name: node
          static_configs: [{ targets: ["127.0.0.1:\(exporter)"] }]

      """, to: "prometheus.yml")
    let port = try LoopbackHTTP.unusedPort()
    try await RunningProgram.run(
      prometheus.server,
      [
        "--config.file=\(configuration)", "--storage.tsdb.path=\(place.directory["tsdb"])",
        "--web.listen-address=127.0.0.1:\(port)",
      ]
    ) { program in
      try await waitForAnswer("/-/ready", port, program)
      try await body(port)
    }
  }

  private static func waitForAnswer(
    _ path: String, _ port: UInt16, _ program: RunningProgram
  ) async throws {
    try await eventually("an answer of \(path) on port \(port)") {
      if let ending = program.ending { throw HarnessError("the server ended: \(ending)") }
      return (try? await LoopbackHTTP.get(path, port: port)) != nil
    }
  }

  // MARK: Queries

  /// Returns the result of a query.
  private static func result(of query: String, port: UInt16) async throws -> [Any] {
    let encoded = try #require(
      query.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    let body = try await LoopbackHTTP.get("/api/v1/query?query=\(encoded)", port: port)
    let reply = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
    try #require(reply?["status"] as? String == "success")
    let data = reply?["data"] as? [String: Any]
    return try #require(data?["result"] as? [Any])
  }

  /// The queries of the dashboard, for all instances.
  private static func dashboardQueries() throws -> [String] {
    let file = ProjectFiles.file("Packaging/monitoring/grafana-dashboard.json")
    let dashboard =
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file.string)))
      as? [String: Any]
    let panels = try #require(dashboard?["panels"] as? [[String: Any]])
    return panels.flatMap { $0["targets"] as? [[String: Any]] ?? [] }
      .compactMap { ($0["expr"] as? String)?.replacing("$instance", with: ".*") }
  }

  /// The queries of the alert rules.
  private static func alertQueries(_ rules: FilePath) throws -> [String] {
    try String(contentsOfFile: rules.string, encoding: .utf8)
      .matches(of: /\n +expr: (?:>-\n)?((?:.+\n)(?: {10}.+\n)*?)(?: +(?:for|labels):)/)
      .map { $0.output.1.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } }
      .map { $0.joined(separator: " ") }
  }
}
