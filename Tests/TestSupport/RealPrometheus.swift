// SPDX-License-Identifier: GPL-3.0-or-later

internal import Foundation
public import SystemPackage
public import Testing

/// Debian's Prometheus with its tools, unpacked under the build folder by `Scripts/real-prometheus`.
public struct RealPrometheus: Sendable {
  /// The program that checks metrics and rules.
  public let promtool: FilePath
  /// The server.
  public let server: FilePath
  /// The node exporter.
  public let nodeExporter: FilePath
  /// The directory of its modules for Python.
  private let pythonModules: String

  /// The programs, unpacked now unless they are there already.
  ///
  /// - Throws: ``HarnessError``, with the reason why there are none.
  public static func required() async throws -> RealPrometheus {
    try await unpacking.value
  }

  private static let unpacking = Task { try await RealPrometheus() }

  private init() async throws {
    let peer = try await UnpackedPeer(script: "real-prometheus")
    promtool = FilePath(try peer.part("promtool"))
    server = FilePath(try peer.part("prometheus"))
    nodeExporter = FilePath(try peer.part("node-exporter"))
    pythonModules = try peer.part("python")
  }

  /// The families of `metrics`, by Prometheus's own parser for Python.
  ///
  /// `format` is `prometheus` or `openmetrics`.
  ///
  /// - Throws: ``HarnessError`` with what the parser refuses.
  public func families(of metrics: [UInt8], format: String) async throws -> [ParsedFamily] {
    let outcome = try await ProcessRunner.run(
      ProjectFiles.file("Tests/Peers/parse-metrics"), [format],
      environment: ["PYTHONPATH": pythonModules], input: metrics)
    guard outcome.status == 0 else { throw HarnessError("parse-metrics: \(outcome.errorOutput)") }
    return try JSONDecoder().decode([ParsedFamily].self, from: Data(outcome.standardOutput))
  }
}

/// A family of metrics as Prometheus's own parser reads it.
public struct ParsedFamily: Decodable, Sendable {
  /// A sample. Infinity is a string, since JSON has none.
  public struct Sample: Decodable, Sendable {
    /// The name with its suffix.
    public let name: String
    /// The labels.
    public let labels: [String: String]
    /// The value.
    public let value: Double

    private enum CodingKeys: CodingKey {
      case name, labels, value
    }

    /// A sample from JSON.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decode(String.self, forKey: .name)
      labels = try container.decode([String: String].self, forKey: .labels)
      value =
        try (try? container.decode(Double.self, forKey: .value))
        ?? (Double(try container.decode(String.self, forKey: .value)) ?? .nan)
    }
  }

  /// The name.
  public let name: String
  /// The type.
  public let type: String
  /// The text of `HELP`.
  public let help: String
  /// The samples.
  public let samples: [Sample]
}

extension Trait where Self == ConditionTrait {
  /// For tests that need Prometheus: without one they are skipped with a printed reason on a developer's
  /// machine, and fail where `CI` is set.
  public static var needsPrometheus: Self {
    .enabled("Prometheus is not available here (the reason is printed on standard error)") {
      do {
        _ = try await RealPrometheus.required()
        return true
      } catch {
        guard !WantedTests.isEverything else { throw error }
        SkipNotice.print("Tests with Prometheus are skipped: \(error)")
        return false
      }
    }
  }
}
